import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleOfSku, isHandle, slug } from './handle.js';

it.each([
  ['Café au lait', 'cafe-au-lait'],
  ['  Shirts & more ', 'shirts-more'],
  ['マグ', ''],
])('makes %s a part of an address', (text, expected) => {
  expect(slug(text)).toBe(expected);
});

describe('handleOfSku', () => {
  it.each([
    ['MUG-ENAMEL', 'mug-enamel'],
    ['85123A', '85123a'],
    ['85123a', /^85123a-[0-9a-f]{8}$/],
    ['A/B', /^a-b-[0-9a-f]{8}$/],
    ['マグ', /^[0-9a-f]{8}$/],
  ])('makes a handle of %s', (sku, handle) => {
    expect(handleOfSku(sku)).toMatch(handle);
  });

  it('makes handles of all SKUs, and no handle of two', () => {
    const sku = fc.stringMatching(/^[aAbB1 _/-]{1,6}$/);
    fc.assert(
      fc.property(sku, sku, (one, other) => {
        expect(isHandle(handleOfSku(one))).toBe(true);
        expect(handleOfSku(one) === handleOfSku(other)).toBe(one === other);
      }),
    );
  });
});

it.each(['', '-a', 'a-', 'a--b', 'A', 'a b', 'ä', 'a'.repeat(201)])('%j is no handle', (text) => {
  expect(isHandle(text)).toBe(false);
});
