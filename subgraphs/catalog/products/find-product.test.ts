import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CUSTOMER,
  countStatements,
  openTestCatalog,
  STAFF,
  type TestCatalog,
} from '../testing/catalog.js';

let catalog: TestCatalog;
let id: string;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await importAll([
    { sku: 'SHIRT-M', handle: 'shirt', title: 'Shirt', price: '1', options: [size('M')] },
    { sku: 'SHIRT-L', handle: 'shirt', title: 'Shirt', price: '1', options: [size('L')] },
    { sku: 'OLD', title: 'Old', price: '1' },
  ]);
  await withdraw('OLD');
  id = ((await product({ handle: 'shirt' })) as { id: string }).id;
});
afterAll(() => catalog.close());

const size = (value: string) => ({ name: 'size', value });

const importAll = (products: object[]) =>
  catalog.ask(
    'mutation ($input: ImportProductsInput!) { importProducts(input: $input) { created } }',
    { input: { products } },
    STAFF,
  );

const withdraw = (sku: string) =>
  catalog.ask(
    'mutation ($input: UpdateVariantInput!) { updateVariant(input: $input) { userErrors { code } } }',
    { input: { sku, active: false } },
    STAFF,
  );

const PRODUCT = `query ($id: ID, $handle: String) {
  product(id: $id, handle: $handle) { id handle title active variants { sku product { handle } } }
}`;

async function product(by: { id?: string; handle?: string }, identity = CUSTOMER) {
  const answer = await catalog.ask<{ product: object | null }>(PRODUCT, by, identity);
  return answer.product;
}

describe('product', () => {
  it('is found by id or by handle, with its variants, the oldest first', async () => {
    const shirt = {
      id,
      handle: 'shirt',
      title: 'Shirt',
      active: true,
      variants: ['SHIRT-M', 'SHIRT-L'].map((sku) => ({ sku, product: { handle: 'shirt' } })),
    };
    expect(await product({ id })).toEqual(shirt);
    expect(await product({ handle: 'shirt' })).toEqual(shirt);
  });

  it('is shown to staff alone while no variant of it is for sale', async () => {
    expect(await product({ handle: 'old' })).toBe(null);
    expect(await product({ handle: 'old' }, STAFF)).toMatchObject({ active: false });
  });

  it('shows customers only variants that are for sale', async () => {
    await withdraw('SHIRT-L');
    expect(await product({ id })).toMatchObject({ active: true, variants: [{ sku: 'SHIRT-M' }] });
    expect(await product({ id }, STAFF)).toMatchObject({
      variants: [{ sku: 'SHIRT-M' }, { sku: 'SHIRT-L' }],
    });
  });

  it.each([{ id: `Product_${newId()}` }, { id: 'nonsense' }, { handle: 'a\0' }])(
    'is null for %j',
    async (by) => {
      expect(await product(by, STAFF)).toBe(null);
    },
  );

  it('is asked for by one of both', async () => {
    expect(await catalog.errorCodes(PRODUCT, {})).toEqual(['BAD_USER_INPUT']);
    expect(await catalog.errorCodes(PRODUCT, { id, handle: 'shirt' })).toEqual(['BAD_USER_INPUT']);
  });

  it('costs one statement for each level, however many there are', async () => {
    const representations = [id, id, `Product_${newId()}`].map((each) => ({
      __typename: 'Product',
      id: each,
    }));
    const statements = countStatements();
    const { _entities } = await catalog.ask<{ _entities: unknown[] }>(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) {
          ... on Product { handle variants { sku product { title } } }
        }
      }`,
      { representations },
    );
    expect(_entities).toMatchObject([{ handle: 'shirt' }, { handle: 'shirt' }, null]);
    expect(statements()).toBe(2);
  });
});
