import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

const PRODUCT = 'product { id title variants { sku } updatedAt }';
const SELECTIONS: Record<string, string> = {
  createProduct: PRODUCT,
  importProducts: 'created updated',
  setPrices: 'prices { id price { amount } }',
  setStock: 'levels { sku onHand location { code } }',
};

function ask(mutation: string, input: object) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const selection = SELECTIONS[mutation];
  return catalog.ask<Record<string, { userErrors: object[] }>>(
    `mutation($input: ${type}!) { ${mutation}(input: $input) { ${selection} userErrors { code field } } }`,
    { input },
    STAFF,
  );
}

const newProduct = (sku = newId()) => ({
  title: 'Thing',
  variants: [{ sku, price: '1.00' }],
  idempotencyKey: newId(),
});
const prices = (sku: string) =>
  catalog.db.query(
    'test.prices',
    'select 1 from prices join variants on variants.id = variant_id where sku = $1',
    [sku],
  );

it('createProduct answers the product that it has made, not that its SKU is taken', async () => {
  const input = newProduct();
  const first = await ask('createProduct', input);
  expect(first.createProduct?.userErrors).toEqual([]);
  expect(await ask('createProduct', input)).toEqual(first);
  expect(await ask('createProduct', { ...input, title: 'Other' })).toMatchObject({
    createProduct: { product: null, userErrors: [{ code: 'IDEMPOTENCY_CONFLICT' }] },
  });
});

it('setPrices and setStock answer what they did, whoever has changed the variant since', async () => {
  const sku = newId();
  await ask('createProduct', newProduct(sku));
  const change = { prices: [{ sku, price: '2.00' }], idempotencyKey: newId() };
  const updates = await Promise.all([1, 2, 3].map(() => ask('setPrices', change)));
  expect(new Set(updates.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await prices(sku)).toHaveLength(2);
  const count = { lines: [{ sku, onHand: 7 }], idempotencyKey: newId() };
  const first = await ask('setStock', count);
  await ask('setStock', { lines: [{ sku, onHand: 9 }] });
  expect(await ask('setStock', count)).toEqual(first);
  expect(await catalog.counts(sku)).toMatchObject({ onHand: 9 });
});

it('keeps no key of what was refused', async () => {
  const input = { lines: [{ sku: 'NONE', onHand: 1 }], idempotencyKey: newId() };
  expect(await ask('setStock', input)).toMatchObject({
    setStock: { userErrors: [{ code: 'NOT_FOUND' }] },
  });
  const sku = newId();
  await ask('createProduct', newProduct(sku));
  expect(await ask('setStock', { ...input, lines: [{ sku, onHand: 1 }] })).toMatchObject({
    setStock: { userErrors: [] },
  });
});

it('importProducts answers its counts and every error again, and keeps little of a large import', async () => {
  const taken = newId();
  await ask('createProduct', newProduct(taken));
  const fresh = Array.from({ length: 300 }, () => ({ sku: newId(), title: 'Thing', price: '1' }));
  const bad = [
    { sku: newId(), title: '', price: '1' },
    { sku: taken, handle: 'other', title: 'x', price: '1' },
  ];
  const input = { products: [...fresh, ...bad], idempotencyKey: newId() };
  const first = await ask('importProducts', input);
  expect(first).toEqual({
    importProducts: {
      created: 300,
      updated: 0,
      userErrors: [
        { code: 'INVALID_TEXT', field: ['products', '300', 'title'] },
        { code: 'PRODUCT_FIXED', field: ['products', '301', 'handle'] },
      ],
    },
  });
  expect(await ask('importProducts', input)).toEqual(first);
  const [kept] = await catalog.db.query<{ size: number }>(
    'test.size',
    'select length(answer::text) as size from idempotency_keys where key = $1',
    [input.idempotencyKey],
  );
  expect(kept?.size).toBeLessThan(300);
});
