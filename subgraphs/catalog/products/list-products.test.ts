import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CUSTOMER,
  countStatements,
  openTestCatalog,
  STAFF,
  type TestCatalog,
} from '../testing/catalog.js';

interface Page {
  products: {
    edges: Array<{ cursor: string; node: { handle: string } }>;
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  };
}

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.db.query(
    'test.products',
    `with product as (
       select gen_random_uuid() as id, *, handle <> 'gone' as active
       from (values ('red', '10A', 'Mug, red'), ('blue', '9', 'mug, blue'),
         ('sheet', 'B', '100% cotton'), ('sons', 'a', 'O''Neil \\ Sons'),
         ('lamp', 'z_1', 'Lamp'), ('lamp-2', 'z_2', 'Lamp'), ('gone', 'z-gone', 'Old mug')
       ) as product (handle, sku, title)
     ), added as (
       insert into products (id, handle, title, active, published_in)
       select id, handle, title, active, array['${MAIN_STOREFRONT_ID}'::uuid] from product
     )
     insert into variants (id, product_id, sku, title, active)
     select id, id, sku, title, active from product`,
  );
});
afterAll(() => catalog.close());

const LIST = `query ($first: Int, $after: String, $filter: ProductFilter) {
  products(first: $first, after: $after, filter: $filter) {
    edges { cursor node { handle variants { sku } } } pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

async function handles(filter: object, identity = CUSTOMER): Promise<string[]> {
  const { products } = await catalog.ask<Page>(LIST, { filter }, identity);
  return products.edges.map(({ node }) => node.handle);
}

const lamps = expect.arrayContaining(['lamp', 'lamp-2']);

describe('products', () => {
  it('lists what is for sale by title, in any case of letters', async () => {
    const all = await handles({});
    expect([all.slice(0, 1), all.slice(1, 3), all.slice(3)]).toEqual([
      ['sheet'],
      lamps,
      ['blue', 'red', 'sons'],
    ]);
    expect(await handles({}, STAFF)).toHaveLength(7);
  });

  it('is walked page by page, one statement for products and one for variants', async () => {
    const all = await handles({});
    const statements = countStatements();
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { products }: Page = await catalog.ask<Page>(LIST, { first: 2, after });
      expect(products.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...products.edges.map(({ node }) => node.handle));
      after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all);
    expect(statements()).toBe(6);
  });

  it.each([
    [{ skus: ['9', 'B', 'NONE'] }, ['sheet', 'blue']],
    [{ skus: [] }, []],
    [{ category: 'none' }, []],
  ])('filters by %j', async (filter, expected) => {
    expect(await handles(filter)).toEqual(expected);
  });

  it('refuses sizes and cursors that are none', async () => {
    const bad = ['BAD_USER_INPUT'];
    const cursor = Buffer.from('k:lamp').toString('base64url');
    expect(await catalog.errorCodes(LIST, { first: 0 })).toEqual(bad);
    expect(await catalog.errorCodes(LIST, { first: 101 })).toEqual(bad);
    expect(await catalog.errorCodes(LIST, { after: 'nonsense' })).toEqual(bad);
    expect(await catalog.errorCodes(LIST, { after: cursor })).toEqual(bad);
  });
});
