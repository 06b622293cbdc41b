import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';
import { apply, nodes, sent } from './testing/imports.js';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

const PRODUCTS = { kind: 'PRODUCTS' };

async function product(handle: string) {
  const source = `query ($handle: String) { product(handle: $handle) {
    title description category { title parent { title } } attributes storefronts { code }
    variants { sku title active options { name value } price { amount } stock { onHand } } } }`;
  return (await catalog.ask<{ product: object | null }>(source, { handle }, STAFF)).product;
}

const HEADER = 'sku,handle,title,description,category,options,price,on_hand';

describe('a file of products', () => {
  it('adds products with variants and categories, once, and changes what differs', async () => {
    const file = [
      HEADER,
      'S-M,shirt,Shirt,"Linen, ""washed""",Clothes > Shirts,size=M|colour=blue,39,5',
      'S-L,shirt,,,,size=L|colour=blue,39,',
      'MUG,,Mug,,,,,',
    ].join('\n');
    const checked = await sent(catalog, PRODUCTS, file);
    expect(checked.totals).toMatchObject({
      ...{ lines: 3, created: 3, changed: 0, wrong: 0 },
      products: { products: 2, variants: 3, categories: 2 },
    });
    expect(nodes(checked.differences)[0]).toMatchObject({
      ...{ line: 2, sku: 'S-M', isNew: true },
      changes: expect.arrayContaining([
        { field: 'handle', before: null, after: 'shirt' },
        { field: 'options', before: null, after: 'colour=blue|size=M' },
        { field: 'price', before: null, after: '39.00' },
      ]),
    });
    expect(await product('shirt')).toBe(null);
    expect(await apply(catalog, { id: checked.id })).toMatchObject({ userErrors: [] });
    expect(await product('shirt')).toMatchObject({
      ...{ title: 'Shirt', description: 'Linen, "washed"' },
      category: { title: 'Shirts', parent: { title: 'Clothes' } },
      storefronts: [{ code: 'main' }],
      variants: [
        { sku: 'S-M', title: 'Shirt (blue, M)', price: { amount: '39.00' }, stock: { onHand: 5 } },
        { sku: 'S-L', title: 'Shirt (blue, L)' },
      ],
    });
    expect(await product('mug')).toMatchObject({ variants: [{ price: null }] });
    const search =
      'query { products(filter: { search: "linen blouse" }) { edges { node { title } } } }';
    expect((await sent(catalog, PRODUCTS, file)).totals).toMatchObject({ unchanged: 3 });

    const changes = `sku,title,description,category,active\nS-L,Blouse,,,false\nMUG,,A mug,,\n`;
    const { id, differences } = await sent(catalog, PRODUCTS, changes);
    expect(nodes(differences)).toMatchObject([
      {
        changes: [
          { field: 'title', before: 'Shirt', after: 'Blouse' },
          { field: 'description', before: 'Linen, "washed"', after: null },
          { field: 'category', before: 'Clothes > Shirts', after: null },
          { field: 'active', before: 'true', after: 'false' },
        ],
      },
      { changes: [{ field: 'description', before: null, after: 'A mug' }] },
    ]);
    expect(await apply(catalog, { id })).toMatchObject({ userErrors: [] });
    expect(await product('shirt')).toMatchObject({
      ...{ title: 'Blouse', description: null, category: null },
      variants: [{ title: 'Blouse (blue, M)' }, { title: 'Blouse (blue, L)', active: false }],
    });
    expect(await catalog.ask(search, {}, STAFF)).toEqual({ products: { edges: [] } });
    expect(await catalog.unaccounted()).toEqual([]);
  });

  it('takes attributes that fit the category, and out of a storefront what is not published', async () => {
    const attributeSchema = { type: 'object', properties: { pages: { type: 'integer' } } };
    await catalog.ask(
      'mutation ($input: CreateCategoryInput!) { createCategory(input: $input) { userErrors { code } } }',
      { input: { title: 'Books', attributeSchema } },
      STAFF,
    );
    const input = { ...PRODUCTS, format: 'JSON_LINES' };
    const book = { handle: 'book', title: 'Book', category: 'Books' };
    const line = (more: object) => JSON.stringify({ sku: 'BOOK', ...book, ...more });
    const wrong = await sent(catalog, input, line({ attributes: { pages: 'many' } }));
    expect(nodes(wrong.problems)).toMatchObject([
      { line: 1, column: 'attributes', code: 'INVALID_ATTRIBUTES' },
    ]);
    const below = line({ category: 'Books > Old', attributes: { pages: 'many' } });
    expect((await sent(catalog, input, below)).totals).toMatchObject({ wrong: 1 });
    const good = await sent(
      catalog,
      input,
      line({ attributes: { pages: 9 }, options: { by: 'A|B' } }),
    );
    await apply(catalog, { id: good.id });
    expect(await product('book')).toMatchObject({
      attributes: { pages: 9 },
      variants: [{ options: [{ name: 'by', value: 'A|B' }] }],
    });
    const out = await sent(
      catalog,
      PRODUCTS,
      'sku,published,attributes\nBOOK,false,"{""pages"": 9}"',
    );
    expect(nodes(out.differences)).toMatchObject([
      { changes: [{ field: 'published', before: 'true', after: 'false' }] },
    ]);
    await apply(catalog, { id: out.id });
    expect(await product('book')).toMatchObject({ storefronts: [] });
  });

  it('reports each wrong line', async () => {
    await catalog.stock('OWN', 1);
    const file = [
      `${HEADER},attributes,active`,
      'N1,,,,,,,,,',
      'OWN,another,,,,,,,,',
      'N2,pot,Pot,,,lid,,,,',
      'N3,pot,Pot,,,,free,-1,,',
      'N4,pot,Pot,,,,,,[1],perhaps',
      'N5,cup,Cup,,,size=1,,,,',
      'N6,cup,Beaker,,,size=2,,,,',
      'N7,cup,,,,size=1,,,,',
      'N5,Cup 2,Cup,,,,,,,',
      'N8,tin,Tin,,,,,,"{""a"":1}",',
    ].join('\n');
    const { problems, totals, id } = await sent(catalog, PRODUCTS, file);
    expect(nodes(problems).map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'title', 'MISSING_VALUE'],
      [3, 'handle', 'PRODUCT_FIXED'],
      [4, 'options', 'INVALID_VALUE'],
      [5, 'price', 'INVALID_PRICE'],
      [5, 'on_hand', 'INVALID_STOCK'],
      [6, 'attributes', 'INVALID_VALUE'],
      [6, 'active', 'INVALID_VALUE'],
      [8, 'title', 'CONFLICTING_LINE'],
      [9, 'options', 'OPTIONS_TAKEN'],
      [10, 'sku', 'DUPLICATE_LINE'],
      [10, 'handle', 'INVALID_TEXT'],
      [11, 'attributes', 'INVALID_ATTRIBUTES'],
    ]);
    expect(totals).toMatchObject({ lines: 10, created: 1, wrong: 9 });
    await apply(catalog, { id, skipWrong: true });
    expect(await product('cup')).toMatchObject({ variants: [{ sku: 'N5' }] });
    expect(await product('pot')).toBe(null);
  });

  it('is not applied where somebody has added the same since', async () => {
    const { id } = await sent(catalog, PRODUCTS, 'sku,title\nLATE,Late');
    await catalog.stock('LATE', 1);
    expect(await apply(catalog, { id })).toMatchObject({ userErrors: [{ code: 'CHANGED_SINCE' }] });
  });
});
