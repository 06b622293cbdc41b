import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CUSTOMER,
  countStatements,
  openTestCatalog,
  STAFF,
  type TestCatalog,
} from '../testing/catalog.js';
import { MAX_IMPORT } from './import-input.js';
import { changeVariants } from './import-variants.js';
import type { PlannedVariant } from './plan-import.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

const IMPORT = `mutation ($input: ImportProductsInput!) {
  importProducts(input: $input) { created updated userErrors { code field message } }
}`;

interface Imported {
  importProducts: { created: number; updated: number; userErrors: Array<{ code: string }> };
}

async function importAll(products: object[]) {
  const answer = await catalog.ask<Imported>(IMPORT, { input: { products } }, STAFF);
  return answer.importProducts;
}

function row(sku: string, more: object = {}) {
  return { sku, title: `Title of ${sku}`, price: '1.50', ...more };
}

async function prices(sku: string) {
  const query = `query ($sku: String!) {
    productVariant(sku: $sku) { priceHistory { edges { node { price { amount } validFrom } } } }
  }`;
  const { productVariant } = await catalog.ask<{
    productVariant: {
      priceHistory: { edges: Array<{ node: { price: { amount: string }; validFrom: string } }> };
    };
  }>(query, { sku });
  return productVariant.priceHistory.edges.map(({ node }) => [
    node.price.amount,
    new Date(node.validFrom).toISOString(),
  ]);
}

async function product(handle: string) {
  const query = `query ($handle: String) {
    product(handle: $handle) { title description variants { sku title } }
  }`;
  return (await catalog.ask<{ product: object | null }>(query, { handle }, STAFF)).product;
}

async function standing(handle: string) {
  const query = `query ($handle: String) {
    product(handle: $handle) { title category { handle } attributes }
  }`;
  return (await catalog.ask<{ product: object | null }>(query, { handle }, STAFF)).product;
}

/** Says of the cups what is special about them. */
async function describeCups(): Promise<void> {
  const { category } = await catalog.ask<{ category: { id: string } }>(
    '{ category(handle: "kitchen-cups") { id } }',
  );
  const attributeSchema = { type: 'object', properties: { size: { type: 'integer' } } };
  const described = await catalog.ask(
    `mutation ($input: UpdateCategoryInput!) {
      updateCategory(input: $input) { userErrors { code } }
    }`,
    { input: { id: category.id, attributeSchema } },
    STAFF,
  );
  expect(described).toEqual({ updateCategory: { userErrors: [] } });
}

describe('importProducts', () => {
  it('adds products with stock and price history, and changes nothing the second time', async () => {
    const priceHistory = [
      { amount: '1.25', validFrom: '2011-01-02T08:00:00Z' },
      { amount: '1.50', validFrom: '2011-03-04T08:00:00Z' },
    ];
    const products = [row('A', { onHand: 7, priceHistory }), row('B')];
    expect(await importAll(products)).toEqual({ created: 2, updated: 0, userErrors: [] });
    const before = await catalog.db.query('test.all', 'select * from variants order by sku');
    expect(await importAll(products)).toEqual({ created: 0, updated: 2, userErrors: [] });
    expect(await catalog.db.query('test.all', 'select * from variants order by sku')).toEqual(
      before,
    );
    expect(await catalog.counts('A')).toEqual({ onHand: 7, reserved: 0 });
    expect(await prices('A')).toEqual([
      ['1.50', '2011-03-04T08:00:00.000Z'],
      ['1.25', '2011-01-02T08:00:00.000Z'],
    ]);
    expect(await prices('B')).toEqual([['1.50', expect.any(String)]]);
  });

  it('corrects a price in the history, and notes a new one that has no time', async () => {
    const priceHistory = [{ amount: '1.50', validFrom: '2011-01-02T08:00:00Z' }];
    await importAll([row('C', { priceHistory })]);
    await importAll([row('C', { priceHistory: [{ ...priceHistory[0], amount: '1.40' }] })]);
    await importAll([row('C', { price: '2' })]);
    expect(await prices('C')).toEqual([
      ['2.00', expect.any(String)],
      ['1.50', expect.any(String)],
      ['1.40', '2011-01-02T08:00:00.000Z'],
    ]);
  });

  it('leaves stock alone where none is given', async () => {
    await importAll([row('D', { onHand: 4 })]);
    await importAll([row('D', { title: 'Other' })]);
    expect(await catalog.counts('D')).toEqual({ onHand: 4, reserved: 0 });
  });

  it('writes down what it receives, and by how much a count differs from what was there', async () => {
    for (const onHand of [4, 4, 9, undefined, 0]) await importAll([row('E', { onHand })]);
    const changes = await catalog.changes('E');
    expect(changes.map(({ reason, delta }) => [reason, delta])).toEqual([
      ['RECEIVED', 4],
      ['SET', 5],
      ['SET', -9],
    ]);
  });

  it('makes variants of one product of rows with one handle, and calls them after its first row', async () => {
    const size = (value: string) => ({ handle: 'shirt', options: [{ name: 'size', value }] });
    await importAll([
      row('SHIRT-M', { ...size('M'), title: 'Shirt', description: 'Linen.' }),
      row('SHIRT-L', { ...size('L'), title: 'ignored' }),
    ]);
    expect(await product('shirt')).toEqual({
      title: 'Shirt',
      description: 'Linen.',
      variants: [
        { sku: 'SHIRT-M', title: 'Shirt (M)' },
        { sku: 'SHIRT-L', title: 'Shirt (L)' },
      ],
    });
    await importAll([row('SHIRT-S', { ...size('S'), title: 'Blouse' }), row('SHIRT-L')]);
    expect(await product('shirt')).toMatchObject({
      title: 'Blouse',
      description: 'Linen.',
      variants: [{ title: 'Blouse (M)' }, { title: 'Blouse (L)' }, { title: 'Blouse (S)' }],
    });
  });

  it('leaves a product where it stands, and holds what it says against that, where no row names a category', async () => {
    const cups = [row('CUP', { category: 'Kitchen > Cups' })];
    await importAll(cups);
    await describeCups();
    expect(await importAll([row('CUP', { title: 'A cup', attributes: { size: 2 } })])).toEqual({
      ...{ created: 0, updated: 1, userErrors: [] },
    });
    const cup = { title: 'A cup', category: { handle: 'kitchen-cups' }, attributes: { size: 2 } };
    expect(await standing('cup')).toEqual(cup);
    expect(await importAll([row('CUP', { attributes: { size: 'big' } })])).toMatchObject({
      updated: 0,
      userErrors: [{ code: 'INVALID_ATTRIBUTES' }],
    });
    expect(await standing('cup')).toEqual(cup);
    await importAll([row('CUP', { category: null, attributes: {} })]);
    expect(await standing('cup')).toMatchObject({ category: null });
  });

  it('makes no category for rows that are wrong', async () => {
    const { userErrors } = await importAll([row('NO-NAME', { title: ' ', category: 'Nowhere' })]);
    expect(userErrors).toMatchObject([{ code: 'INVALID_TEXT' }]);
    const wrong = [row('TUMBLER', { category: 'Kitchen > Nowhere', attributes: { size: 'big' } })];
    expect((await importAll(wrong)).userErrors).toMatchObject([{ code: 'INVALID_ATTRIBUTES' }]);
    expect(
      await catalog.db.query('test.nowhere', `select 1 from categories where title = 'Nowhere'`),
    ).toEqual([]);
  });

  it('leaves a SKU with its product, and no two variants alike', async () => {
    const red = { options: [{ name: 'colour', value: 'red' }] };
    await importAll([row('CUP', { handle: 'cup', ...red }), row('POT', { handle: 'pot' })]);
    const answer = await importAll([
      row('CUP', { handle: 'pot' }),
      row('CUP-2', { handle: 'cup', ...red }),
      row('NEW-1', { handle: 'new', currency: 'NOPE' }),
      row('POT-2', { handle: 'pot', ...red }),
    ]);
    expect(answer).toMatchObject({
      created: 1,
      userErrors: [
        { code: 'CURRENCY_FIXED', field: ['products', '2', 'currency'] },
        { code: 'PRODUCT_FIXED', field: ['products', '0', 'handle'] },
        { code: 'OPTIONS_TAKEN', field: ['products', '1', 'options'] },
      ],
    });
    expect(await product('new')).toBe(null);
    expect(await product('cup')).toMatchObject({ variants: [{ sku: 'CUP' }] });
  });

  it('gives options that a variant leaves to another of its product', async () => {
    const shirt = (sku: string, value: string) =>
      row(sku, { handle: 'exchanged', options: [{ name: 'Size', value }] });
    await importAll([shirt('EX-1', 'S'), shirt('EX-2', 'M'), shirt('EX-3', 'L')]);
    const moved = [shirt('EX-3', 'XL'), shirt('EX-2', 'L'), shirt('EX-1', 'M'), shirt('EX-0', 'S')];
    expect(await importAll(moved)).toEqual({ created: 1, updated: 3, userErrors: [] });
    expect(await product('exchanged')).toMatchObject({
      variants: ['M', 'L', 'XL', 'S'].map((size, i) => ({
        sku: `EX-${(i + 1) % 4}`,
        title: `Title of EX-3 (${size})`,
      })),
    });
  });

  it('lets two variants exchange their options', async () => {
    const size = (value: string) => [{ name: 'Size', value }];
    await importAll(['S', 'M'].map((v) => row(`SWAP-${v}`, { handle: 'swap', options: size(v) })));
    const rows = await catalog.db.query<{ id: string; sku: string }>(
      'test.swap',
      `select id, sku from variants where sku like 'SWAP-%' order by sku`,
    );
    const exchanged = rows.map(({ id, sku }) => ({
      ...{ id, after: { options: size(sku === 'SWAP-M' ? 'S' : 'M'), active: true, onHand: 0 } },
    }));
    await catalog.db.transaction((query) =>
      changeVariants(query, exchanged as PlannedVariant[], 'test'),
    );
    expect(await product('swap')).toMatchObject({
      variants: [{ title: 'Title of SWAP-S (M)' }, { title: 'Title of SWAP-S (S)' }],
    });
  });

  it('is found by the variants that it has, where another product was given one of them meanwhile', async () => {
    await importAll([row('OTHER')]);
    const imported = await catalog.db.transaction(async (query) => {
      await query(
        'test.taken',
        `insert into variants (id, product_id, sku, title, options)
         select $1, id, 'TAKEN', 'Taken', '[{ "name": "No", "value": "2" }]' from products where handle = 'other'`,
        [newId()],
      );
      const rows = [
        row('KEPT', { handle: 'shared', options: [{ name: 'No', value: '1' }] }),
        row('TAKEN', { handle: 'shared', options: [{ name: 'No', value: '3' }] }),
      ];
      const waiting = importAll(rows);
      await expect.poll(catalog.lockWaits).toBe(1);
      return { waiting };
    });
    expect((await imported.waiting).userErrors).toMatchObject([{ code: 'SKU_TAKEN' }]);
    expect(
      await catalog.db.query('test.words', `select words from products where handle = 'shared'`),
    ).toEqual([{ words: 'title of kept kept 1' }]);
  });

  it('accounts for every unit when two imports add the same products', async () => {
    const skus = Array.from({ length: 50 }, (_, i) => `NEW${i}`);
    const answers = await Promise.all([
      importAll(skus.map((sku) => row(sku, { onHand: 3 }))),
      importAll(skus.toReversed().map((sku) => row(sku, { onHand: 8 }))),
    ]);
    expect(answers.reduce((all, { created }) => all + created, 0)).toBe(50);
    expect(await catalog.unaccounted()).toEqual([]);
  });

  it('takes good rows and reports each bad one by its path', async () => {
    await catalog.stock('HELD', 5);
    await catalog.commands.reserveStock([
      { orderId: newId(), items: [{ sku: 'HELD', quantity: 3 }], ttlSeconds: 900 },
    ]);
    const answer = await importAll([
      row('GOOD'),
      row(' '),
      row('BAD1', { price: 'cheap', onHand: -1 }),
      row('GOOD', { title: 'again' }),
      row('BAD2', { currency: 'NOPE' }),
      row('HELD', { onHand: 2 }),
      row('HELD2', { priceHistory: [{ amount: '1.234', validFrom: '2011-01-02T08:00:00Z' }] }),
      row('A', { currency: 'USD' }),
    ]);
    expect(answer).toMatchObject({ created: 1, updated: 0 });
    expect(answer.userErrors).toMatchObject([
      { code: 'INVALID_TEXT', field: ['products', '1', 'sku'] },
      { code: 'INVALID_PRICE', field: ['products', '2', 'price'] },
      { code: 'INVALID_STOCK', field: ['products', '2', 'onHand'] },
      { code: 'DUPLICATE_SKU', field: ['products', '3', 'sku'] },
      { code: 'CURRENCY_FIXED', field: ['products', '4', 'currency'] },
      {
        code: 'INVALID_PRICE',
        field: ['products', '6', 'priceHistory', '0', 'amount'],
      },
      { code: 'CURRENCY_FIXED', field: ['products', '7', 'currency'] },
      { code: 'STOCK_BELOW_RESERVED', field: ['products', '5', 'onHand'] },
    ]);
    expect(await catalog.counts('HELD')).toEqual({ onHand: 5, reserved: 3 });
  });

  it('imports 5,000 rows with as many statements as one', async () => {
    const products = Array.from({ length: 5000 }, (_, i) =>
      row(`BULK${i}`, {
        onHand: i,
        priceHistory: [{ amount: '1.50', validFrom: '2011-01-02T08:00:00Z' }],
      }),
    );
    const statements = countStatements();
    expect(await importAll(products)).toMatchObject({ created: 5000 });
    // storefront, begin, savepoint, categories held, products, their lock, variants, prices twice, commit
    expect(statements()).toBe(10);
    expect(await importAll(products)).toMatchObject({ updated: 5000 });
    // storefront, begin, savepoint, categories held, two locks, prices twice, what is low thrice, commit
    expect(statements()).toBe(22);
    expect(await catalog.counts('BULK4999')).toEqual({ onHand: 4999, reserved: 0 });
  });

  it('runs beside reservations of the same products', async () => {
    const skus = Array.from({ length: 100 }, (_, i) => `BUSY${i}`);
    await importAll(skus.map((sku) => row(sku, { onHand: 100 })));
    const reserve = (names: string[]) =>
      catalog.commands.reserveStock([
        {
          orderId: newId(),
          items: names.map((sku) => ({ sku, quantity: 1 })),
          ttlSeconds: 900,
        },
      ]);
    await Promise.all([
      ...Array.from({ length: 10 }, (_, i) => reserve(i % 2 ? skus : skus.toReversed())),
      ...Array.from({ length: 4 }, () => importAll(skus.map((sku) => row(sku, { price: '3' })))),
    ]);
    expect(await catalog.counts('BUSY0')).toEqual({ onHand: 100, reserved: 10 });
  });

  it('refuses more than it can take at once', async () => {
    const products = Array.from({ length: MAX_IMPORT + 1 }, (_, i) => row(`S${i}`));
    expect(await importAll(products)).toMatchObject({
      created: 0,
      userErrors: [{ code: 'TOO_MANY_PRODUCTS', field: ['products'] }],
    });
  });

  it('is for staff', async () => {
    const input = { products: [row('A', { price: '0.01' })] };
    expect(await catalog.errorCodes(IMPORT, { input }, CUSTOMER)).toEqual(['FORBIDDEN']);
  });
});
