import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { unauthenticated } from './errors.js';
import { type Identity, ROLES, type Role } from './identity.js';
import { isUuid } from './ids.js';

export interface TokenVerifierOptions {
  /** Fetches the issuer's public keys (RFC 7517). */
  jwks(): Promise<JSONWebKeySet>;
  issuer: string;
  audience: string;
  /** Verified tokens remembered, of some 400 bytes each; default 10,000. */
  remember?: number;
  /** Milliseconds since the epoch; a test may turn the clock. */
  now?: () => number;
}

export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

export interface VerifiedToken {
  /** Who sends it. */
  readonly identity: Identity;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** The token's own name (`jti`), where it has one. */
  readonly tokenId?: string;
}

/** An unknown key makes the keys be fetched again, but not more often than this: anybody can invent key ids. */
const REFETCH_MS = 10_000;

/** Ours have some 400 characters; nobody is made to read a novel. */
const MAX_LENGTH = 4096;

/**
 * Tells who sends an access token: a JWT (RFC 9068) signed with Ed25519, not expired, of this issuer and for this
 * audience, in the one canonical spelling. The signature is verified once; after that the token is recognized until
 * it expires, so a key that the issuer withdraws ends with its last tokens.
 *
 * Rejects with UNAUTHENTICATED whatever is wrong with the token, and with the cause when the keys cannot be fetched.
 */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const now = options.now ?? Date.now;
  const remembered = new LRUCache<string, VerifiedToken>({ max: options.remember ?? 10_000 });
  const keys = keySource(options.jwks, now);

  return async (token) => {
    const known = remembered.get(token);
    if (known && known.expiresAt > now()) return known;
    if (!isCanonicalJwt(token, MAX_LENGTH) || !saysThingsOnce(token)) throw unauthenticated();
    const payload = await verifySignature(token);
    const verified = {
      identity: identityIn(payload),
      expiresAt: (payload.exp ?? 0) * 1000,
      ...(payload.jti !== undefined && { tokenId: payload.jti }),
    };
    remembered.set(token, verified);
    return verified;
  };

  async function verifySignature(token: string): Promise<JWTPayload> {
    try {
      const { issuer, audience } = options;
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['EdDSA'],
        typ: 'at+jwt',
        issuer,
        audience,
        requiredClaims: ['exp', 'iat', 'sub'],
        currentDate: new Date(now()),
      });
      return payload;
    } catch (error) {
      throw isFaultOfToken(error) ? unauthenticated() : error;
    }
  }
}

/** The rest is the issuer's fault, or the network's, and logs nobody out. */
function isFaultOfToken(error: unknown): boolean {
  return error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid);
}

/**
 * Whether this is three parts of base64url as an encoder writes them, of at most so many characters. Decoders also read
 * others (padding, stray last bits), and then one token would have many spellings, each remembered apart.
 */
export function isCanonicalJwt(token: string, maxLength: number): boolean {
  if (token.length > maxLength) return false;
  const parts = token.split('.');
  return parts.length === 3 && parts.every(isBase64Url);
}

function isBase64Url(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}

/** Whether header and claims are JSON as ours is written: of a claim that stands there twice, readers take either. */
function saysThingsOnce(token: string): boolean {
  const [header = '', claims = ''] = token.split('.');
  return [header, claims].every((part) => isPlainJson(Buffer.from(part, 'base64url').toString()));
}

function isPlainJson(text: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}

/** Throws UNAUTHENTICATED unless the claims are as the users subgraph writes them. */
function identityIn({ sub, roles, sid, realms }: JWTPayload): Identity {
  const valid = sub !== undefined && isUuid(sub) && Array.isArray(roles) && roles.every(isRole);
  if (!valid || !(sid === undefined || isSessionId(sid))) throw unauthenticated();
  if (!(realms === undefined || areRealms(realms))) throw unauthenticated();
  return Object.freeze({
    kind: 'user',
    userId: sub,
    roles: Object.freeze(roles) as Role[],
    ...(sid !== undefined && { sessionId: sid }),
    ...(realms !== undefined && { realms: Object.freeze(realms) }),
  });
}

function isSessionId(sid: unknown): sid is string {
  return typeof sid === 'string' && sid !== '' && sid.length <= 200;
}

function areRealms(realms: unknown): realms is string[] {
  return Array.isArray(realms) && realms.every((each) => typeof each === 'string' && isUuid(each));
}

function isRole(role: unknown): role is Role {
  return (ROLES as readonly unknown[]).includes(role);
}

/** Finds a token's key by its `kid`, and asks the issuer again when it does not know that one yet. */
function keySource(jwks: () => Promise<JSONWebKeySet>, now: () => number): JWTVerifyGetKey {
  let current: JWTVerifyGetKey | undefined;
  let fetchedAt = 0;
  let fetching: Promise<JWTVerifyGetKey> | undefined;

  async function fetchKeys(): Promise<JWTVerifyGetKey> {
    fetchedAt = now();
    try {
      current = createLocalJWKSet(await jwks());
      return current;
    } finally {
      fetching = undefined;
    }
  }

  /** One fetch, however many wait for it. */
  function refetch(): Promise<JWTVerifyGetKey> {
    fetching ??= fetchKeys();
    return fetching;
  }

  return async (header, token) => {
    // Without a kid jose would try whatever key fits.
    if (!header.kid) throw new errors.JWKSNoMatchingKey();
    const find = current ?? (await refetch());
    try {
      return await find(header, token);
    } catch (error) {
      const mayRefetch = fetching !== undefined || now() - fetchedAt >= REFETCH_MS;
      if (!(error instanceof errors.JWKSNoMatchingKey && mayRefetch)) throw error;
      return (await refetch())(header, token);
    }
  };
}
