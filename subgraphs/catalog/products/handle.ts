import { createHash } from 'node:crypto';

/** Characters in a handle, at the most. */
export const MAX_HANDLE = 200;

/** Words of small letters and digits with hyphens between them: it may stand in an address as it is. */
export function isHandle(text: string): boolean {
  return text.length <= MAX_HANDLE && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/**
 * The handle of a product that comes without one, made of the SKU of its first variant. Two SKUs never make the same:
 * one that loses something on the way (`a/b`, or small letters) brings a part of its hash along.
 */
export function handleOfSku(sku: string): string {
  return /^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(sku) ? sku.toLowerCase() : handleWithHash(sku);
}

/** What a text says in small letters and digits, without their accents: "Café au lait" is `cafe-au-lait`. */
export function slug(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[a-z0-9]+/g) ?? []).join('-').slice(0, MAX_HANDLE).replace(/-$/, '');
}

/** As `slug`, and different for every text. */
export function handleWithHash(text: string): string {
  const words = slug(text)
    .slice(0, MAX_HANDLE - HASH - 1)
    .replace(/-$/, '');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH);
  return words === '' ? hash : `${words}-${hash}`;
}

/** Hexadecimal digits of a hash. */
const HASH = 8;
