import {
  type Authenticate,
  bearerToken,
  type Credentials,
  UnauthenticatedError,
} from '@waybill/gateway/index.js';
import { API_KEY_PREFIX } from '@waybill/kernel/api-key.js';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { type TokenVerifierOptions, tokenVerifier } from '@waybill/kernel/token-verifier.js';
import type { AccessFeed } from './access-feed.js';
import type { PartnerKeys } from './partner-keys.js';

/** Reads the bearer token of a request; no token at all is an anonymous caller. */
export function bearerAuthentication(options: TokenVerifierOptions): Authenticate {
  const verify = tokenVerifier(options);
  return ({ authorization }) => {
    const token = bearerToken(authorization);
    return token === undefined ? ANONYMOUS : verify(token);
  };
}

/** Partners come with an API key, in `X-API-Key` or as a bearer token; all others as `others` says. */
export function partnersAnd(
  others: Authenticate,
  keys: Pick<PartnerKeys, 'session'>,
): Authenticate {
  return (credentials) => {
    const key = apiKeyIn(credentials);
    return key === undefined ? others(credentials) : keys.session(key);
  };
}

function apiKeyIn({ authorization, 'x-api-key': key }: Credentials): string | undefined {
  if (key === undefined) {
    if (!authorization?.includes(API_KEY_PREFIX)) return undefined;
    const token = bearerToken(authorization);
    return token?.startsWith(API_KEY_PREFIX) ? token : undefined;
  }
  if (authorization) throw new UnauthenticatedError('Send a token or an API key, not both.');
  return String(key);
}

type Known = Pick<AccessFeed, 'isKnown' | 'load'>;

/** After a start nobody is let in before it is known whose access has changed since they got their token. */
export function onceKnown(access: Known, authenticate: Authenticate): Authenticate {
  return (credentials) => {
    const given = authenticate(credentials);
    return access.isKnown ? given : afterLoading(access, given);
  };
}

async function afterLoading(access: Known, given: ReturnType<Authenticate>) {
  const session = await given;
  if (session !== ANONYMOUS) await access.load();
  return session;
}
