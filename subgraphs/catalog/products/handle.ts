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
  const words = sku.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  if (/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(sku)) return words.join('-');
  return [...words, createHash('sha256').update(sku).digest('hex').slice(0, 8)].join('-');
}
