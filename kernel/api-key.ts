import { createHash, randomBytes } from 'node:crypto';

/** An API key taken apart: which one it is, and what proves it. */
export interface ReadApiKey {
  /** A UUID, and no secret. */
  keyId: string;
  /** SHA-256 of the secret, in hexadecimal digits. */
  secretHash: string;
}

const API_KEY = /^wb_live_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** What API keys begin with, so that leaked ones can be found, and tokens told apart. */
export const API_KEY_PREFIX = 'wb_';

/**
 * A new key of that id, as its owner gets it. Its secret are 256 random bits: nobody can guess them, however fast,
 * so what is stored is a fast hash, unlike that of a password.
 */
export function newApiKey(keyId: string): { text: string; secretHash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { text: `wb_live_${keyId.replaceAll('-', '')}_${secret}`, secretHash: hashOf(secret) };
}

/** Undefined for what is no API key. */
export function readApiKey(text: string): ReadApiKey | undefined {
  const [, id, secret] = API_KEY.exec(text) ?? [];
  if (!id || !secret) return undefined;
  const keyId = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { keyId, secretHash: hashOf(secret) };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
