import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 bits that nobody guesses: as a session's secret, and as text its first refresh token. */
export const randomSecret = (): Buffer => randomBytes(32);

/**
 * The token that follows `token` in its session. Derived and not drawn, so that two tabs that refresh at the same
 * moment, or a client that lost the answer, get one and the same: the session stays one chain.
 */
export function successorOf(token: string, secret: Buffer): string {
  return createHmac('sha256', secret).update(token).digest('base64url');
}

/** A quick hash is enough for 256 random bits: there is no dictionary of them. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
