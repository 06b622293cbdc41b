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
    edges: Array<{ cursor: string; node: { sku: string } }>;
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  };
}

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.db.query(
    'test.products',
    `insert into variants (id, sku, title, category, price_minor, currency, active)
     select gen_random_uuid(), sku, title, category, 100, 'GBP', sku <> 'z-gone'
     from (values ('10A', 'Red Mug', 'kitchen'), ('9', 'Blue mug', 'kitchen'), ('B', '100% cotton', 'bed'),
                  ('a', 'O''Neil \\ Sons', null), ('z_1', 'Lamp', null), ('z-gone', 'Old mug', 'kitchen')
     ) as product (sku, title, category)`,
  );
});
afterAll(() => catalog.close());

const LIST = `query ($first: Int, $after: String, $filter: ProductFilter) {
  products(first: $first, after: $after, filter: $filter) {
    edges { cursor node { sku } } pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

async function skus(filter: object, identity = CUSTOMER): Promise<string[]> {
  const { products } = await catalog.ask<Page>(LIST, { filter }, identity);
  return products.edges.map(({ node }) => node.sku);
}

describe('products', () => {
  it('lists what is for sale in the byte order of SKUs', async () => {
    expect(await skus({})).toEqual(['10A', '9', 'B', 'a', 'z_1']);
    expect(await skus({}, STAFF)).toEqual(['10A', '9', 'B', 'a', 'z-gone', 'z_1']);
  });

  it('is walked page by page, one statement each', async () => {
    const statements = countStatements();
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { products }: Page = await catalog.ask<Page>(LIST, { first: 2, after });
      expect(products.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...products.edges.map(({ node }) => node.sku));
      after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['10A', '9', 'B', 'a', 'z_1']);
    expect(statements()).toBe(3);
  });

  it.each([
    [{ category: 'kitchen' }, ['10A', '9']],
    [{ search: 'MUG' }, ['10A', '9']],
    [{ search: '0a' }, ['10A']],
    [{ search: '%' }, ['B']],
    [{ search: '_' }, ['z_1']],
    [{ search: "'" }, ['a']],
    [{ search: '\\' }, ['a']],
    [{ search: '?' }, []],
    [{ search: '\0' }, []],
    [{ skus: ['9', 'B', 'NONE'] }, ['9', 'B']],
    [{ skus: [] }, []],
    [{ category: 'kitchen', search: 'red', skus: ['10A', '9'] }, ['10A']],
    [{ category: null, search: '', skus: null }, ['10A', '9', 'B', 'a', 'z_1']],
  ])('filters by %j', async (filter, expected) => {
    expect(await skus(filter)).toEqual(expected);
  });

  it('refuses sizes and cursors that are none', async () => {
    const bad = ['BAD_USER_INPUT'];
    expect(await catalog.errorCodes(LIST, { first: 0 })).toEqual(bad);
    expect(await catalog.errorCodes(LIST, { first: 101 })).toEqual(bad);
    expect(await catalog.errorCodes(LIST, { after: 'nonsense' })).toEqual(bad);
  });
});
