import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;
let clothes: string;
let shirts: string;

const CLOTHES = {
  type: 'object',
  properties: { material: { enum: ['linen', 'wool'] }, washable: { type: 'boolean' } },
  required: ['material'],
};
const SHIRTS = {
  type: 'object',
  properties: {
    sleeve: { type: 'integer' },
    colours: { type: 'array', items: { type: 'string' } },
  },
};

beforeAll(async () => {
  catalog = await openTestCatalog();
  clothes = await category({ title: 'Clothes', attributeSchema: CLOTHES });
  shirts = await category({ title: 'Shirts', parentId: clothes, attributeSchema: SHIRTS });
  await create('linen', { material: 'linen', sleeve: 60, colours: ['red', 'blue'] });
  await create('wool', { material: 'wool', sleeve: 20, washable: false });
});
afterAll(() => catalog.close());

interface Changed {
  userErrors: Array<{ code: string; field: string[]; message: string }>;
}

async function change<Payload extends object>(
  mutation: string,
  input: object,
  selection: string,
): Promise<Payload & Changed> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { answer } = await catalog.ask<{ answer: Payload & Changed }>(
    `mutation ($input: ${type}!) {
      answer: ${mutation}(input: $input) { ${selection} userErrors { code field message } }
    }`,
    { input },
    STAFF,
  );
  return answer;
}

async function category(input: object): Promise<string> {
  const selection = 'category { id }';
  const made = await change<{ category: { id: string } }>('createCategory', input, selection);
  return made.category.id;
}

const PRODUCT = 'product { id attributes }';
type Product = { product: { id: string; attributes: object } | null };

const create = (handle: string, attributes: object, categoryId: string | null = shirts) =>
  change<Product>(
    'createProduct',
    { title: handle, handle, categoryId, attributes, variants: [{ sku: handle, price: '1' }] },
    PRODUCT,
  );

const update = (input: object) => change<Product>('updateProduct', input, PRODUCT);

const updateCategory = (input: object) =>
  change<{ category: object | null }>('updateCategory', input, 'category { attributeSchema }');

async function idOf(handle: string): Promise<string> {
  const query = 'query ($handle: String) { product(handle: $handle) { id } }';
  return (await catalog.ask<{ product: { id: string } }>(query, { handle })).product.id;
}

describe('attributes of a product', () => {
  it('fit the schemas of its category and of those above it', async () => {
    const id = await idOf('linen');
    const attributes = { material: 'wool', sleeve: 61 };
    expect(await update({ id, attributes })).toEqual({
      product: { id, attributes },
      userErrors: [],
    });
    const back = { material: 'linen', sleeve: 60, colours: ['red', 'blue'] };
    expect(await update({ id, attributes: back })).toMatchObject({ product: { attributes: back } });
  });

  it.each([
    [{ material: 'tin' }, ['material']],
    [{}, ['material']],
    [{ material: 'wool', colours: ['red', 1] }, ['colours', '1']],
    [{ material: 'wool', slave: 60 }, ['slave']],
  ])('are refused where they do not: %j', async (attributes, path) => {
    const errors = [{ code: 'INVALID_ATTRIBUTES', field: ['attributes', ...path] }];
    const refused = { product: null, userErrors: errors };
    expect(await create('wrong', attributes)).toMatchObject(refused);
    expect(await update({ id: await idOf('wool'), attributes })).toMatchObject(refused);
  });

  it('are held against another category when the product goes there', async () => {
    const id = await idOf('linen');
    expect(await update({ id, categoryId: clothes })).toMatchObject({
      product: null,
      userErrors: [{ field: ['attributes', 'sleeve'] }, { field: ['attributes', 'colours'] }],
    });
    expect(await update({ id, categoryId: null })).toMatchObject({ product: null });
    expect(await create('loose', { a: 1 }, null)).toMatchObject({ product: null });
  });
});

describe('a schema', () => {
  it('is refused where it is none', async () => {
    const wrong = { type: 'object', properties: { a: { type: 'text' } } };
    expect(await updateCategory({ id: clothes, attributeSchema: wrong })).toMatchObject({
      category: null,
      userErrors: [{ code: 'INVALID_SCHEMA', field: ['attributeSchema'] }],
    });
  });

  it('is not changed where products would not fit it, and they are named', async () => {
    const narrower = { ...CLOTHES, properties: { material: { enum: ['linen'] } } };
    const { userErrors } = await updateCategory({ id: clothes, attributeSchema: narrower });
    expect(userErrors.map(({ code, message }) => [code, message])).toEqual([
      ['PRODUCTS_BREAK', 'wool: material must be equal to one of the allowed values.'],
    ]);
    const { category } = await catalog.ask<{ category: object }>(
      'query ($id: ID) { category(id: $id) { attributeSchema } }',
      { id: clothes },
    );
    expect(category).toEqual({ attributeSchema: CLOTHES });
  });

  it('is changed where they fit it', async () => {
    const wider = { ...SHIRTS, properties: { ...SHIRTS.properties, fit: { type: 'string' } } };
    expect(await updateCategory({ id: shirts, attributeSchema: wider })).toMatchObject({
      category: { attributeSchema: wider },
      userErrors: [],
    });
  });

  it('keeps a category where its products fit', async () => {
    expect(await updateCategory({ id: shirts, parentId: null })).toMatchObject({
      userErrors: [
        { code: 'PRODUCTS_BREAK', field: ['parentId'] },
        { code: 'PRODUCTS_BREAK', field: ['parentId'] },
      ],
    });
  });
});

describe('products', () => {
  const having = (name: string, ...values: string[]) => ({ name, in: values });

  it.each([
    [[having('material', 'linen')], ['linen']],
    [[having('material', 'linen', 'wool')], ['linen', 'wool']],
    [[having('sleeve', '60')], ['linen']],
    [[having('washable', 'false')], ['wool']],
    [[having('colours', 'blue')], ['linen']],
    [[having('material', 'linen', 'wool'), having('sleeve', '20')], ['wool']],
    [[having('material')], []],
    [[having('none', 'x')], []],
    [[having('a"b\\ \0 $', '" || 1 == 1'), having('', '\ud800')], []],
  ])('are filtered by %j', async (attributes, expected) => {
    const { products } = await catalog.ask<{
      products: { edges: Array<{ node: { handle: string } }> };
    }>(
      'query ($filter: ProductFilter) { products(filter: $filter) { edges { node { handle } } } }',
      { filter: { attributes } },
    );
    expect(products.edges.map(({ node }) => node.handle)).toEqual(expected);
  });
});

describe('an import', () => {
  const importRows = (rows: object[]) =>
    change<{ created: number; updated: number }>(
      'importProducts',
      {
        products: rows.map((row) => ({
          title: 'Imported',
          price: '1',
          category: 'Clothes',
          ...row,
        })),
      },
      'created updated',
    );

  it('takes attributes that fit and reports others by their path', async () => {
    const answer = await importRows([
      { sku: 'GOOD', attributes: { material: 'wool' } },
      { sku: 'WRONG', attributes: { material: 'tin' } },
      { sku: 'NONE' },
    ]);
    expect(answer).toMatchObject({
      created: 1,
      userErrors: [
        { code: 'INVALID_ATTRIBUTES', field: ['products', '1', 'attributes', 'material'] },
        { code: 'INVALID_ATTRIBUTES', field: ['products', '2', 'attributes', 'material'] },
      ],
    });
    expect(await importRows([{ sku: 'GOOD', title: 'Same attributes' }])).toMatchObject({
      updated: 1,
      userErrors: [],
    });
  });
});
