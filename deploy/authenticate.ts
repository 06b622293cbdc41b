import { type Authenticate, UnauthenticatedError } from '@waybill/gateway/index.js';
import { ANONYMOUS, type Identity, ROLES, type Role } from '@waybill/kernel/identity.js';
import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';

export interface AuthenticationOptions {
  /** The public keys of whoever issues tokens; asked again when a token names an unknown one. */
  keys(): Promise<JSONWebKeySet>;
  issuer: string;
  audience: string;
}

/** Tokens whose signature is known to be good; checking one costs more than most operations. */
const REMEMBERED = 10_000;

/** Milliseconds between two looks for new keys, so that forged tokens cannot make us ask all the time. */
const KEYS_AGE_MS = 10_000;

interface Verified {
  identity: Identity;
  /** Unix time in milliseconds. */
  expires: number;
}

/** Reads the bearer token (RFC 6750) of a request; no token at all is an anonymous caller. */
export function bearerAuthentication(options: AuthenticationOptions): Authenticate {
  const verify = verifier(options);
  const remembered = new Map<string, Verified>();
  return (credentials) => {
    const { authorization } = credentials;
    if (!authorization) return ANONYMOUS;
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (!token) throw new UnauthenticatedError('Authorization must be "Bearer <token>".');
    const known = remembered.get(token);
    if (known && known.expires > Date.now()) return known.identity;
    remembered.delete(token);
    return verify(token).then((verified) => {
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(token, verified);
      return verified.identity;
    });
  };
}

function verifier(options: AuthenticationOptions): (token: string) => Promise<Verified> {
  const { issuer, audience } = options;
  const keyOf = refreshedKeys(options.keys);
  return async (token) => {
    if (!token.split('.').every(isCanonical)) throw notAccepted();
    const { payload } = await jwtVerify(token, keyOf, { issuer, audience }).catch((error) => {
      throw error instanceof errors.JOSEError ? notAccepted(error) : error;
    });
    return { identity: identityIn(payload), expires: (payload.exp ?? 0) * 1000 };
  };
}

function refreshedKeys(keys: () => Promise<JSONWebKeySet>): JWTVerifyGetKey {
  let current: Promise<JWTVerifyGetKey> | undefined;
  let asked = 0;
  const ask = () => {
    asked = Date.now();
    current = keys().then(createLocalJWKSet);
    current.catch(() => {
      current = undefined;
    });
    return current;
  };
  return async (header, token) => {
    const keyOf = await (current ?? ask());
    try {
      return await keyOf(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (Date.now() - asked < KEYS_AGE_MS) throw error;
      return (await ask())(header, token);
    }
  };
}

/** base64url has several spellings of the same bytes and jose takes them all; a token shall have one. */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

function identityIn({ sub, roles }: JWTPayload): Identity {
  if (!sub || !Array.isArray(roles)) throw notAccepted();
  const known = roles.filter((role): role is Role => ROLES.includes(role));
  return { kind: 'user', userId: sub, roles: known };
}

function notAccepted(cause?: Error): UnauthenticatedError {
  const expired = cause instanceof errors.JWTExpired;
  return new UnauthenticatedError(
    expired ? 'The token has expired.' : 'The token is not accepted.',
  );
}
