import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { isCanonicalJwt, type VerifiedToken } from '@waybill/kernel/token-verifier.js';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Authenticate } from './authentication.js';
import { bearerToken } from './bearer-token.js';
import { UnauthenticatedError } from './errors.js';

export interface JwtAuthenticationOptions {
  /** Where the issuer publishes its public keys (RFC 7517); found out by its `/.well-known/openid-configuration` by default. */
  jwks?: string;
  /** The `iss` that tokens must have; any by default. Needed where `jwks` is left out. */
  issuer?: string;
  /** One of the `aud` that tokens must have; any by default, which lets tokens in that are for others. */
  audience?: string;
  /** Let callers in who send no token at all; false by default. */
  allowAnonymous?: boolean;
  /** Who that is, by the claims of a token that is in order; a user with the id `sub` by default. Asked once a token. */
  identify?(claims: JWTPayload): Identity | Promise<Identity>;
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
  const keys = keysOf(options);
  const known = new LRUCache<string, VerifiedToken>({ max: REMEMBERED });
  return async ({ authorization }) => {
    const token = bearerToken(authorization);
    if (token === undefined) return anonymous(options);
    const remembered = known.get(token);
    if (remembered && remembered.expiresAt > Date.now()) return remembered;
    const claims = await verified(token, keys, options);
    const { identify = subject } = options;
    const { exp = 0, jti } = claims;
    const session = { identity: await identify(claims), expiresAt: exp * 1000 };
    const named = jti === undefined ? session : { ...session, tokenId: jti };
    known.set(token, named);
    return named;
  };
}

const subject = ({ sub = '' }: JWTPayload): Identity => ({ kind: 'user', userId: sub, roles: [] });

function keysOf({ jwks, issuer }: JwtAuthenticationOptions): JWTVerifyGetKey {
  if (jwks !== undefined) return createRemoteJWKSet(new URL(jwks));
  if (issuer === undefined) throw new TypeError('Give the issuer, or the address of its keys');
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    // An issuer that is away now is asked again for the next token.
    found ??= discoverKeys(issuer).catch((error) => {
      found = undefined;
      throw error;
    });
    return (await found)(header, token);
  };
}

/** Milliseconds for which an issuer may take its time to say where its keys are. */
const DISCOVERY_MS = 5_000;

/** The keys of an issuer, by OpenID Connect Discovery 1.0; what it says of itself must be its own name. */
async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(DISCOVERY_MS) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const said = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (said.issuer !== issuer) throw new Error(`${url} speaks for ${said.issuer}, not ${issuer}`);
  if (typeof said.jwks_uri !== 'string') throw new Error(`${url} names no jwks_uri`);
  return createRemoteJWKSet(new URL(said.jwks_uri));
}

function anonymous({ allowAnonymous = false }: JwtAuthenticationOptions): Identity {
  if (allowAnonymous) return ANONYMOUS;
  throw new UnauthenticatedError('A token is needed');
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience }: JwtAuthenticationOptions,
): Promise<JWTPayload> {
  if (!isCanonicalJwt(token, MAX_LENGTH)) throw new UnauthenticatedError('This is no token');
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: ASYMMETRIC,
      requiredClaims: ['exp', 'sub'],
      ...(issuer !== undefined && { issuer }),
      ...(audience !== undefined && { audience }),
    });
    if (!isAccessToken(protectedHeader.typ))
      throw new UnauthenticatedError('This is no access token');
    return payload;
  } catch (error) {
    if (isFaultOfIssuer(error)) throw error;
    throw new UnauthenticatedError('The token is not accepted', { cause: error });
  }
}

/** RFC 9068 names access tokens `at+jwt`; before it, issuers wrote `JWT`, or nothing. */
function isAccessToken(typ: string | undefined): boolean {
  return typ === undefined || /^(application\/)?(at\+)?jwt$/i.test(typ);
}

/** Keys that could not be fetched, or are none, say nothing about the token. */
function isFaultOfIssuer(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  const { code } = error;
  return code === 'ERR_JOSE_GENERIC' || code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JWKS_INVALID';
}
