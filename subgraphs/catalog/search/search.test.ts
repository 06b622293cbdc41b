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

beforeAll(async () => {
  catalog = await openTestCatalog();
  await run('createCategory', {
    title: 'Kitchen',
    attributeSchema: { type: 'object', additionalProperties: true },
  });
  const kitchen = (sku: string, title: string, price: string, more: object = {}) => ({
    sku,
    title,
    price,
    category: 'Kitchen',
    ...more,
  });
  await run('importProducts', {
    products: [
      kitchen('TEAPOT', 'Stoneware teapot', '34.00', {
        onHand: 5,
        attributes: { material: 'stone' },
      }),
      kitchen('MUG-RED', 'Enamel mug, red', '8.50', {
        onHand: 9,
        attributes: { material: 'enamel', colours: ['red', 'white'], litres: 0.3 },
      }),
      kitchen('MUG-BLUE', 'Enamel mug, blue', '9.50', { attributes: { material: 'enamel' } }),
      kitchen('TEA', 'Green tea', '4.00', { description: 'For the teapot, or a mug.' }),
      { sku: 'CAFE', title: 'Café crème', price: '12.00', category: 'Larder > Coffee' },
      { sku: "O'N/1", title: 'Poster 100% cotton', price: '3.00' },
      { sku: 'SHIRT-M', handle: 'shirt', title: 'Shirt', price: '20', options: [size('Medium')] },
      { sku: 'SHIRT-L', handle: 'shirt', title: 'Shirt', price: '30', options: [size('Large')] },
    ],
  });
});
afterAll(() => catalog.close());

const size = (value: string) => ({ name: 'size', value });

function run(mutation: string, input: object) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  return catalog.ask(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`,
    { input },
    STAFF,
  );
}

const SEARCH = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after) {
    edges { node { handle } } pageInfo { hasNextPage endCursor }
  }
}`;

interface Page {
  products: {
    edges: Array<{ node: { handle: string } }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

async function found(filter: object, sort?: string, identity = CUSTOMER): Promise<string[]> {
  const { products } = await catalog.ask<Page>(SEARCH, { filter, sort }, identity);
  return products.edges.map(({ node }) => node.handle);
}

describe('a search', () => {
  it.each([
    ['teapot', ['teapot', 'tea']],
    ['tea', ['tea', 'teapot']],
    ['TEA', ['tea', 'teapot']],
    ['stone tea', ['teapot']],
    ['mug-r', ['mug-red']],
    ['red enam', ['mug-red']],
    ['cafe', ['cafe']],
    ['CRÈME', ['cafe']],
    ['coffee', ['cafe']],
    ["o'n", [expect.stringMatching('^o-n-1-')]],
    ['100%', [expect.stringMatching('^o-n-1-')]],
    ['large', ['shirt']],
    ['white', ['mug-red']],
    ['', 7],
    ['   ', 7],
  ])('finds by the beginnings of words, what fits best first: %j', async (search, expected) => {
    const handles = await found({ search });
    if (typeof expected === 'number') expect(handles).toHaveLength(expected);
    else expect(handles).toEqual(expected);
  });

  it.each([
    ['tepot', 'teapot'],
    ['stonware', 'teapot'],
    ['enammel', 'mug-red'],
    ['shrit', 'shirt'],
    ['kitchn', 'tea'],
  ])('finds what was mistyped: %j', async (search, handle) => {
    expect(await found({ search })).toContain(handle);
  });

  it.each(['xylophone', 'teapot xylophone', '%', '\0', '!!!', 'a'.repeat(5000)])(
    'finds nothing for %j',
    async (search) => {
      expect(await found({ search })).toEqual([]);
    },
  );

  it('takes no word for a part of a query', async () => {
    for (const search of [
      "a' | 'b",
      'tea & !mug',
      'ŉ',
      '½ tea',
      ':*',
      '$1',
      "'; drop table products",
    ]) {
      expect(await found({ search })).toEqual(expect.any(Array));
    }
  });

  it('finds what has changed by its new words, and not by the old ones', async () => {
    await catalog.stock('PLAIN', 1);
    const query = '{ productVariant(sku: "PLAIN") { product { id } } }';
    const { productVariant } = await catalog.ask<{ productVariant: { product: { id: string } } }>(
      query,
    );
    await run('updateProduct', { id: productVariant.product.id, title: 'Zither' });
    expect(await found({ search: 'zither' })).toEqual(['plain']);
    await run('updateProduct', { id: productVariant.product.id, title: 'Quern' });
    expect([await found({ search: 'zither' }), await found({ search: 'quern' })]).toEqual([
      [],
      ['plain'],
    ]);
    await run('updateVariant', { sku: 'PLAIN', active: false });
    expect(await found({ search: 'quern' })).toEqual([]);
    expect(await found({ search: 'quern' }, undefined, STAFF)).toEqual(['plain']);
  });

  it('is one statement, or two where nothing has the words', async () => {
    const statements = countStatements();
    await found({ search: 'teapot' });
    expect(statements()).toBe(1);
    await found({ search: 'tepot' });
    expect(statements()).toBe(3);
  });
});

describe('a list', () => {
  it.each([
    [{ price: { min: '9', max: '20.00' } }, ['cafe', 'mug-blue', 'shirt']],
    [{ price: { min: '30' } }, ['shirt', 'teapot']],
    [{ inStock: true }, ['mug-red', 'teapot']],
    [{ inStock: true, search: 'mug', category: 'kitchen' }, ['mug-red']],
    [{ category: 'larder' }, ['cafe']],
    [
      { search: 'mug', attributes: [{ name: 'material', in: ['enamel'] }] },
      ['mug-blue', 'mug-red'],
    ],
  ])('is filtered by %j', async (filter, expected) => {
    expect((await found(filter)).toSorted()).toEqual(expected);
  });

  it('refuses a price that is none', async () => {
    const filter = { price: { min: 'cheap' } };
    expect(await catalog.errorCodes(SEARCH, { filter })).toEqual(['BAD_USER_INPUT']);
  });

  it.each([
    ['PRICE_ASCENDING', ['tea', 'mug-red', 'mug-blue', 'teapot']],
    ['PRICE_DESCENDING', ['teapot', 'mug-blue', 'mug-red', 'tea']],
    ['TITLE', ['mug-blue', 'mug-red', 'tea', 'teapot']],
    ['RELEVANCE', ['mug-blue', 'mug-red', 'tea', 'teapot']],
  ])('is sorted by %s', async (sort, expected) => {
    expect(await found({ category: 'kitchen' }, sort)).toEqual(expected);
  });

  it.each([
    [{ search: 'e' }, 'RELEVANCE'],
    [{ search: 'enammel' }, 'RELEVANCE'],
    [{ search: 'enammel' }, 'TITLE'],
    [{}, 'PRICE_ASCENDING'],
    [{}, 'PRICE_DESCENDING'],
    [{}, 'NEWEST'],
    [{}, 'TITLE'],
  ])('of %j is walked page by page in the order of %s', async (filter, sort) => {
    const all = await found(filter, sort);
    expect(all.length).toBeGreaterThan(1);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { products }: Page = await catalog.ask<Page>(SEARCH, { filter, sort, first: 1, after });
      seen.push(...products.edges.map(({ node }) => node.handle));
      after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all);
  });

  it('refuses the cursor of another order', async () => {
    const cursor = (text: string) => Buffer.from(`k:${text}`).toString('base64url');
    for (const after of [cursor('t'), cursor(`n${newId()}x`), cursor(newId())]) {
      expect(await catalog.errorCodes(SEARCH, { after })).toEqual(['BAD_USER_INPUT']);
    }
  });
});

describe('facets', () => {
  const FACETS = `query ($filter: ProductFilter) {
    products(first: 1, filter: $filter) {
      facets {
        count minPrice { amount currency } maxPrice { amount }
        categories { category { title } count }
        attributes { name values { value count } }
      }
    }
  }`;

  it('tell of all pages where the products stand, what they have and what they cost', async () => {
    expect(await catalog.ask(FACETS, { filter: { search: 'mug' } })).toEqual({
      products: {
        facets: {
          count: 3,
          minPrice: { amount: '4.00', currency: 'GBP' },
          maxPrice: { amount: '9.50' },
          categories: [{ category: { title: 'Kitchen' }, count: 3 }],
          attributes: [
            {
              name: 'colours',
              values: [
                { value: 'red', count: 1 },
                { value: 'white', count: 1 },
              ],
            },
            { name: 'litres', values: [{ value: '0.3', count: 1 }] },
            { name: 'material', values: [{ value: 'enamel', count: 2 }] },
          ],
        },
      },
    });
  });

  it('count what is below a category for it, and beside it too', async () => {
    expect(await catalog.ask(FACETS, { filter: { category: 'larder' } })).toMatchObject({
      products: {
        facets: {
          count: 1,
          categories: [
            { category: { title: 'Kitchen' }, count: 4 },
            { category: { title: 'Coffee' }, count: 1 },
            { category: { title: 'Larder' }, count: 1 },
          ],
          attributes: [],
        },
      },
    });
  });

  it('count what was not chosen of a facet by all that was chosen of others', async () => {
    const stone = { attributes: [{ name: 'material', in: ['stone'] }] };
    const enamel = [{ value: 'enamel', count: 2 }];
    const values = [...enamel, { value: 'stone', count: 1 }];
    expect(await catalog.ask(FACETS, { filter: stone })).toMatchObject({
      products: {
        facets: {
          count: 1,
          minPrice: { amount: '34.00' },
          categories: [{ count: 1 }],
          attributes: [{ name: 'material', values }],
        },
      },
    });
    const cheap = { ...stone, price: { max: '10.00' } };
    expect(await catalog.ask(FACETS, { filter: cheap })).toMatchObject({
      products: {
        facets: {
          count: 0,
          minPrice: { amount: '34.00' },
          categories: [],
          attributes: [{ name: 'material', values: enamel }],
        },
      },
    });
    const red = { attributes: [...stone.attributes, { name: 'colours', in: ['red'] }] };
    expect(await catalog.ask(FACETS, { filter: red })).toMatchObject({
      products: {
        facets: {
          count: 0,
          attributes: [{ name: 'material', values: [{ value: 'enamel', count: 1 }] }],
        },
      },
    });
  });

  it('count nothing where nothing is found', async () => {
    expect(await catalog.ask(FACETS, { filter: { search: 'xylophone' } })).toEqual({
      products: {
        facets: { count: 0, minPrice: null, maxPrice: null, categories: [], attributes: [] },
      },
    });
  });
});
