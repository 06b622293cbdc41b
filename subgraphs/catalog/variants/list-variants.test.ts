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
  productVariants: {
    edges: Array<{ cursor: string; node: { sku: string } }>;
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  };
}

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.db.query(
    'test.products',
    `with variant as (
       select gen_random_uuid() as id, sku, title, sku <> 'z-gone' as active
       from (values ('10A', 'Red Mug'), ('9', 'Blue mug'), ('B', '100% cotton'),
         ('a', 'O''Neil \\ Sons'), ('z_1', 'Lamp'), ('z-gone', 'Old mug')) as variant (sku, title)
     ), product as (
       insert into products (id, handle, title, active, published_in)
       select id, id, title, active, array['${MAIN_STOREFRONT_ID}'::uuid] from variant
     )
     insert into variants (id, product_id, sku, title, active)
     select id, id, sku, title, active from variant`,
  );
});
afterAll(() => catalog.close());

const LIST = `query ($first: Int, $after: String, $filter: ProductVariantFilter) {
  productVariants(first: $first, after: $after, filter: $filter) {
    edges { cursor node { sku } } pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

async function skus(filter: object, identity = CUSTOMER): Promise<string[]> {
  const { productVariants } = await catalog.ask<Page>(LIST, { filter }, identity);
  return productVariants.edges.map(({ node }) => node.sku);
}

describe('productVariants', () => {
  it('lists what is for sale in the byte order of SKUs', async () => {
    expect(await skus({})).toEqual(['10A', '9', 'B', 'a', 'z_1']);
    expect(await skus({}, STAFF)).toEqual(['10A', '9', 'B', 'a', 'z-gone', 'z_1']);
  });

  it('is walked page by page, one statement each', async () => {
    const statements = countStatements();
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { productVariants }: Page = await catalog.ask<Page>(LIST, { first: 2, after });
      expect(productVariants.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...productVariants.edges.map(({ node }) => node.sku));
      after = productVariants.pageInfo.hasNextPage ? productVariants.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['10A', '9', 'B', 'a', 'z_1']);
    expect(statements()).toBe(3);
  });

  it.each([
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
    [{ search: 'red', skus: ['10A', '9'] }, ['10A']],
    [{ search: '', skus: null }, ['10A', '9', 'B', 'a', 'z_1']],
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
