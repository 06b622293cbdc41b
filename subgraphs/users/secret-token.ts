import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that nobody guesses. */
export const randomSecret = (): Buffer => randomBytes(32);

/** What is kept of a token. A quick hash is enough for 256 random bits: there is no dictionary of them. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
