import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshProducts } from '../products/refresh-products.js';
import {
  CUSTOMER,
  countStatements,
  openTestCatalog,
  STAFF,
  type TestCatalog,
} from '../testing/catalog.js';
import { categoryIds } from './category.js';
import { holdCategory } from './category-of-product.js';
import { lockTree } from './tree.js';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

interface Saved {
  category: { id: string; handle: string } | null;
  userErrors: Array<{ code: string; field: string[] }>;
}

async function change(mutation: 'create' | 'update', input: object): Promise<Saved> {
  const type = mutation === 'create' ? 'CreateCategoryInput' : 'UpdateCategoryInput';
  const { saved } = await catalog.ask<{ saved: Saved }>(
    `mutation ($input: ${type}!) {
      saved: ${mutation}Category(input: $input) { category { id handle } userErrors { code field } }
    }`,
    { input },
    STAFF,
  );
  return saved;
}

/** A branch of categories called so, each below the one before; their ids. */
async function branch(...titles: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const title of titles) {
    const { category } = await change('create', { title, parentId: ids.at(-1) ?? null });
    ids.push(category?.id ?? '');
  }
  return ids;
}

const TREE = `query ($id: ID) {
  category(id: $id) {
    title parent { title } ancestors { title } children { title children { title } }
  }
}`;
const treeOf = async (id: string | undefined) =>
  (await catalog.ask<{ category: object | null }>(TREE, { id })).category;
const titled = (...titles: string[]) => titles.map((title) => ({ title }));

async function productsIn(category: string): Promise<string[]> {
  const { products } = await catalog.ask<{
    products: { edges: Array<{ node: { handle: string } }> };
  }>('query ($filter: ProductFilter) { products(filter: $filter) { edges { node { handle } } } }', {
    filter: { category },
  });
  return products.edges.map(({ node }) => node.handle);
}

const importRows = (rows: object[]) =>
  catalog.ask(
    `mutation ($input: ImportProductsInput!) {
      importProducts(input: $input) { created userErrors { code field } }
    }`,
    { input: { products: rows.map((row) => ({ title: 'Thing', price: '1', ...row })) } },
    STAFF,
  );

const DELETE = `mutation ($input: DeleteCategoryInput!) {
  deleteCategory(input: $input) { deletedId userErrors { code } }
}`;
const remove = (id: string | undefined) => catalog.ask(DELETE, { input: { id } }, STAFF);

const uuidOf = (id: string) => categoryIds.decode(id);

describe('the tree', () => {
  it('is told from each category: what is above and below it', async () => {
    const [plants, trees, oaks] = await branch('Plants', 'Trees', 'Oaks');
    await change('create', { title: 'Beeches', parentId: trees, position: 1 });
    await change('create', { title: 'Ashes', parentId: trees, position: 1 });
    expect(await treeOf(trees)).toEqual({
      title: 'Trees',
      parent: { title: 'Plants' },
      ancestors: titled('Plants'),
      children: ['Oaks', 'Ashes', 'Beeches'].map((title) => ({ title, children: [] })),
    });
    expect(await treeOf(oaks)).toMatchObject({ ancestors: titled('Plants', 'Trees') });
    expect(await treeOf(plants)).toMatchObject({ parent: null, children: [{ title: 'Trees' }] });
    expect(await treeOf(`Category_${newId()}`)).toBe(null);
  });

  it('is read level by level, one statement each', async () => {
    const [top] = await branch('Levels', 'Middle', 'Bottom');
    const statements = countStatements();
    await treeOf(top);
    expect(statements()).toBe(3);
  });

  it('moves a branch with all that stands in it, and never below itself', async () => {
    const [animals, birds, owls] = await branch('Animals', 'Birds', 'Owls');
    const [pets] = await branch('Pets');
    await importRows([{ sku: 'OWL', category: 'Animals > Birds > Owls' }]);
    expect(await productsIn('animals')).toEqual(['owl']);

    expect(await change('update', { id: birds, parentId: pets })).toMatchObject({ userErrors: [] });
    expect(await treeOf(owls)).toMatchObject({ ancestors: titled('Pets', 'Birds') });
    expect([await productsIn('animals'), await productsIn('pets')]).toEqual([[], ['owl']]);

    for (const parentId of [birds, owls]) {
      expect(await change('update', { id: birds, parentId })).toMatchObject({
        category: null,
        userErrors: [{ code: 'CYCLE', field: ['parentId'] }],
      });
    }
    await change('update', { id: birds, parentId: null });
    expect(await treeOf(birds)).toMatchObject({ parent: null, children: titled('Owls') });
    expect(await productsIn('birds')).toEqual(['owl']);
    expect(await treeOf(animals)).toMatchObject({ children: [] });
  });

  it('stays a tree when two moves that would close a circle come at once', async () => {
    const [one] = await branch('One');
    const [two] = await branch('Two');
    const moves = await Promise.all([
      change('update', { id: one, parentId: two }),
      change('update', { id: two, parentId: one }),
    ]);
    expect(moves.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual([
      'CYCLE',
    ]);
  });

  it('finds a product also when its category moves as it comes', async () => {
    const [house] = await branch('House', 'Lamps');
    const [garden] = await branch('Garden');
    const { category } = await catalog.ask<{ category: { id: string } }>(
      '{ category(handle: "lamps") { id } }',
    );
    const rows = Array.from({ length: 20 }, (_, i) => i);
    await Promise.all(
      rows.flatMap((i) => [
        importRows([{ sku: `LAMP-${i}`, category: i % 2 ? 'House > Lamps' : 'Garden > Lamps' }]),
        change('update', { id: category.id, parentId: i % 3 ? house : garden }),
      ]),
    );
    const wrong = await catalog.db.query(
      'test.paths',
      'select products.handle from products join categories c on c.id = category_id where category_path <> path',
    );
    expect(wrong).toEqual([]);
  });

  it('is made once by imports that find their category gone as they come to it', async () => {
    const [garage] = await branch('Garage', 'Tools');
    const { category } = await catalog.ask<{ category: { id: string } }>(
      '{ category(handle: "tools") { id } }',
    );
    const imports = await catalog.db.transaction(async (query) => {
      await lockTree(query);
      await query('test.away', 'update categories set parent_id = null, path = $2 where id = $1', [
        uuidOf(category.id),
        [uuidOf(category.id)],
      ]);
      const waiting = [1, 2].map((i) =>
        importRows([{ sku: `TOOL-${i}`, category: 'Garage > Tools' }]),
      );
      await expect.poll(catalog.lockWaits).toBe(2);
      return { waiting };
    });
    const imported = { importProducts: { created: 1, userErrors: [] } };
    expect(await Promise.all(imports.waiting)).toEqual([imported, imported]);
    expect(await treeOf(garage)).toMatchObject({ children: titled('Tools') });
    expect((await productsIn('garage')).sort()).toEqual(['tool-1', 'tool-2']);
  });

  it('has a handle for each category that is made in the place of one that has moved', async () => {
    for (const sku of ['PAN-1', 'PAN-2', 'PAN-3', 'PAN-4']) {
      expect(await importRows([{ sku, category: 'Stove > Pans' }])).toEqual({
        importProducts: { created: 1, userErrors: [] },
      });
      const { product } = await catalog.ask<{ product: { category: { id: string } } }>(
        'query ($handle: String) { product(handle: $handle) { category { id } } }',
        { handle: sku.toLowerCase() },
      );
      const [place] = await branch(`Cellar of ${sku}`);
      const moved = await change('update', { id: product.category.id, parentId: place });
      expect(moved.userErrors).toEqual([]);
    }
  });

  it('keeps a category into which a product is just being put', async () => {
    const [, attic] = await branch('Roof', 'Attic');
    await importRows([{ sku: 'TRUNK' }]);
    const { waiting } = await catalog.db.transaction(async (query) => {
      const held = await holdCategory(query, attic ?? '');
      await query(
        'test.put',
        `update products set category_id = $1, category_path = $2 where handle = 'trunk'`,
        [held?.id, held?.path],
      );
      const waiting = remove(attic);
      await expect.poll(catalog.lockWaits).toBe(1);
      return { waiting };
    });
    expect(await waiting).toMatchObject({
      deleteCategory: { userErrors: [{ code: 'NOT_EMPTY' }] },
    });
    expect(await productsIn('roof')).toEqual(['trunk']);
  });

  it('has its products found by all that they are, also when it is renamed as a variant changes', async () => {
    await importRows([{ sku: 'PAINT', category: 'Colours' }]);
    const { category } = await catalog.ask<{ category: { id: string } }>(
      '{ category(handle: "colours") { id } }',
    );
    const { waiting } = await catalog.db.transaction(async (query) => {
      await query('test.lock', `select 1 from products where handle = 'paint' for no key update`);
      const [variant] = await query<{ product_id: string }>(
        'test.options',
        `update variants set options = '[{ "name": "Tone", "value": "Dark" }]' where sku = 'PAINT' returning product_id`,
      );
      await refreshProducts(query, [variant?.product_id ?? '']);
      const waiting = change('update', { id: category.id, title: 'Pigments' });
      await expect.poll(catalog.lockWaits).toBe(1);
      return { waiting };
    });
    expect((await waiting).userErrors).toEqual([]);
    expect(
      await catalog.db.query('test.paint', `select words from products where handle = 'paint'`),
    ).toEqual([{ words: 'thing paint dark pigments' }]);
  });

  it('is at most ten deep', async () => {
    const ids = await branch(...Array.from({ length: 10 }, (_, i) => `Level ${i}`));
    expect(await change('create', { title: 'Too deep', parentId: ids.at(-1) })).toMatchObject({
      userErrors: [{ code: 'TOO_DEEP' }],
    });
    const [top] = await branch('Top');
    expect(await change('update', { id: ids[0], parentId: top })).toMatchObject({
      userErrors: [{ code: 'TOO_DEEP' }],
    });
  });
});

describe('a category', () => {
  it.each([
    [{ title: '' }, 'INVALID_HANDLE', 'handle'],
    [{ title: 'a\0', handle: 'a' }, 'INVALID_TEXT', 'title'],
    [{ title: 'X', handle: 'No Handle' }, 'INVALID_HANDLE', 'handle'],
    [{ title: 'X', parentId: 'nonsense' }, 'NOT_FOUND', 'parentId'],
    [{ title: 'X', parentId: `Category_${newId()}` }, 'NOT_FOUND', 'parentId'],
  ])('is not made of %j', async (input, code, field) => {
    const { category, userErrors } = await change('create', input);
    expect([category, userErrors[0]]).toEqual([null, { code, field: [field] }]);
  });

  it('has a handle of its own, and another title than those beside it', async () => {
    const [first] = await branch('Books');
    const second = await change('create', { title: 'Books' });
    expect(second.userErrors.map(({ code }) => code)).toEqual(['HANDLE_TAKEN', 'TITLE_TAKEN']);
    expect(
      await change('create', { title: 'Books', parentId: first, handle: 'sub' }),
    ).toMatchObject({
      category: { handle: 'sub' },
      userErrors: [],
    });
    expect(await change('update', { id: first, handle: 'sub' })).toMatchObject({
      userErrors: [{ code: 'HANDLE_TAKEN' }],
    });
    expect(await change('update', { id: first, title: 'All books' })).toMatchObject({
      category: { handle: 'books' },
    });
  });

  it('is deleted once nothing stands in it', async () => {
    const [shelf, box] = await branch('Shelf', 'Box');
    await importRows([{ sku: 'PEN', category: 'Shelf > Box' }]);
    const kept = { deleteCategory: { deletedId: null, userErrors: [{ code: 'NOT_EMPTY' }] } };
    expect([await remove(shelf), await remove(box)]).toEqual([kept, kept]);
    await importRows([{ sku: 'PEN', category: null }]);
    expect(await remove(box)).toEqual({ deleteCategory: { deletedId: box, userErrors: [] } });
    expect(await remove(shelf)).toMatchObject({ deleteCategory: { deletedId: shelf } });
    expect(await treeOf(shelf)).toBe(null);
    expect(await catalog.errorCodes(DELETE, { input: { id: shelf } }, CUSTOMER)).toEqual([
      'FORBIDDEN',
    ]);
  });
});

describe('an import', () => {
  it('makes the categories that it names, once', async () => {
    const rows = ['Sports > Balls', 'Sports > Nets', 'Sports', 'Toys > Balls'];
    await importRows(rows.map((category, i) => ({ sku: `SPORT-${i}`, category })));
    await importRows(rows.map((category, i) => ({ sku: `SPORT-${i}`, category })));
    expect(await productsIn('sports')).toHaveLength(3);
    expect(await productsIn('sports-balls')).toEqual(['sport-0']);
    expect(await productsIn('toys-balls')).toEqual(['sport-3']);
  });

  it('refuses what cannot be a category', async () => {
    const deep = Array(11).fill('x').join(' > ');
    expect(
      await importRows([
        { sku: 'A', category: 'A > ' },
        { sku: 'B', category: deep },
      ]),
    ).toMatchObject({
      importProducts: {
        created: 0,
        userErrors: [
          { code: 'INVALID_TEXT', field: ['products', '0', 'category'] },
          { code: 'INVALID_TEXT', field: ['products', '1', 'category'] },
        ],
      },
    });
  });
});

it('categories lists all of them by handle, or those at the top', async () => {
  const LIST = `query ($top: Boolean, $after: String) {
    categories(first: 2, top: $top, after: $after) {
      edges { node { handle } } pageInfo { hasNextPage endCursor }
    }
  }`;
  const { categories } = await catalog.ask<{ categories: { pageInfo: { endCursor: string } } }>(
    LIST,
  );
  const { endCursor } = categories.pageInfo;
  expect(categories).toMatchObject({ pageInfo: { hasNextPage: true } });
  expect(await catalog.ask(LIST, { after: endCursor })).not.toEqual({ categories });
  const top = await catalog.ask<{ categories: { edges: Array<{ node: { handle: string } }> } }>(
    LIST,
    { top: true, after: Buffer.from('k:plan').toString('base64url') },
  );
  expect(top.categories.edges[0]?.node.handle).toBe('plants');
});
