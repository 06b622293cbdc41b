import type { Database, EntityManager } from '@waybill/kernel/database.js';
import type { Role } from '@waybill/kernel/identity.js';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  SignJWT,
} from 'jose';
import { type SigningKey, SigningKeyTable } from './tables.js';

export const TOKEN_ISSUER = 'waybill';
export const TOKEN_AUDIENCE = 'waybill';

/** Any number: the name of the lock under which the first key is made. */
const KEY_LOCK = 7_240_002;

export interface AccessToken {
  accessToken: string;
  expiresAt: Date;
}

export interface Tokens {
  /** A signed JWT (RFC 7519) that says who somebody is and which roles they had when it was issued. */
  issue(user: { id: string; roles: readonly Role[] }): Promise<AccessToken>;
  /** The public keys (RFC 7517) against which tokens are checked. */
  jwks(): Promise<JSONWebKeySet>;
}

export async function openTokens(db: Database, ttlSeconds: number): Promise<Tokens> {
  const { kid, privateJwk } = await signingKey(db.em());
  const key = await importJWK(privateJwk, 'EdDSA');
  return {
    issue: async ({ id, roles }) => {
      const issuedAt = Math.floor(Date.now() / 1000);
      const expires = issuedAt + ttlSeconds;
      const accessToken = await new SignJWT({ roles })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid })
        .setSubject(id)
        .setIssuer(TOKEN_ISSUER)
        .setAudience(TOKEN_AUDIENCE)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .sign(key);
      return { accessToken, expiresAt: new Date(expires * 1000) };
    },
    jwks: async () => {
      const keys = await db.query<{ publicJwk: JWK }>(
        'users.publicKeys',
        'select public_jwk as "publicJwk" from signing_keys order by created_at desc',
      );
      return { keys: keys.map(({ publicJwk }) => publicJwk) };
    },
  };
}

/** The newest key; the first process to ask makes it, and those that start beside it wait and use the same. */
async function signingKey(em: EntityManager): Promise<SigningKey> {
  return em.transactional(async (tx) => {
    await tx.execute('select pg_advisory_xact_lock(?)', [KEY_LOCK]);
    const [newest] = await tx.find(
      SigningKeyTable,
      {},
      { orderBy: { createdAt: 'desc' }, limit: 1 },
    );
    return newest ?? tx.create(SigningKeyTable, await newKey());
  });
}

async function newKey() {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const privateJwk = await exportJWK(pair.privateKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return { kid, privateJwk, publicJwk: { ...publicJwk, kid, alg: 'EdDSA', use: 'sig' } };
}
