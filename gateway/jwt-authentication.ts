import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import type { VerifiedToken } from '@waybill/kernel/token-verifier.js';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Authenticate } from './authentication.js';
import { bearerToken } from './bearer-token.js';
import { UnauthenticatedError } from './errors.js';

export interface JwtAuthenticationOptions {
  /** Where the issuer publishes its public keys (RFC 7517). */
  jwks: string;
  /** The `iss` that tokens must have; any by default. */
  issuer?: string;
  /** One of the `aud` that tokens must have; any by default, which lets tokens in that are for others. */
  audience?: string;
  /** Let callers in who send no token at all; false by default. */
  allowAnonymous?: boolean;
}

/** An issuer whose public keys everybody may know must not be able to sign with them: no HMAC. */
const ASYMMETRIC = [
  ...['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512'],
  ...['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'],
];

/** Those of common issuers have one or two thousand characters; nobody is made to read a novel. */
const MAX_LENGTH = 16_384;

const REMEMBERED = 10_000;

/**
 * Lets in who sends a bearer token (RFC 6750) that is a JWT of an issuer: signed with one of its keys, and not expired.
 * The caller's id is the token's `sub`; both `sub` and `exp` are required. A token is verified once and then recognized
 * until it expires. When the issuer's keys cannot be fetched, the request fails and nobody is logged out.
 */
export function jwtAuthentication(options: JwtAuthenticationOptions): Authenticate {
  const keys = createRemoteJWKSet(new URL(options.jwks));
  const known = new LRUCache<string, VerifiedToken>({ max: REMEMBERED });
  return async ({ authorization }) => {
    const token = bearerToken(authorization);
    if (token === undefined) return anonymous(options);
    const remembered = known.get(token);
    if (remembered && remembered.expiresAt > Date.now()) return remembered;
    const session = await verified(token, keys, options);
    known.set(token, session);
    return session;
  };
}

function anonymous({ allowAnonymous = false }: JwtAuthenticationOptions): Identity {
  if (allowAnonymous) return ANONYMOUS;
  throw new UnauthenticatedError('A token is needed');
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience }: JwtAuthenticationOptions,
): Promise<VerifiedToken> {
  if (token.length > MAX_LENGTH) throw new UnauthenticatedError('The token is too long');
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ASYMMETRIC,
      requiredClaims: ['exp', 'sub'],
      ...(issuer !== undefined && { issuer }),
      ...(audience !== undefined && { audience }),
    });
    return sessionIn(payload);
  } catch (error) {
    if (isFaultOfIssuer(error)) throw error;
    throw new UnauthenticatedError('The token is not accepted', { cause: error });
  }
}

function sessionIn({ sub = '', exp = 0 }: JWTPayload): VerifiedToken {
  return { identity: { kind: 'user', userId: sub, roles: [] }, expiresAt: exp * 1000 };
}

/** Keys that could not be fetched, or are none, say nothing about the token. */
function isFaultOfIssuer(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  const { code } = error;
  return code === 'ERR_JOSE_GENERIC' || code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JWKS_INVALID';
}
