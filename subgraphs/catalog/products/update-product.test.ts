import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdCategory } from '../categories/category-of-product.js';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';
import { productIds } from './product.js';

let catalog: TestCatalog;
let id: string;

beforeAll(async () => {
  catalog = await openTestCatalog();
  id = await createProduct({ title: 'Shirt', handle: 'shirt' }, ['M', 'L']);
  await createProduct({ title: 'Other', handle: 'other' }, ['S']);
});
afterAll(() => catalog.close());

async function createProduct(product: object, sizes: string[]): Promise<string> {
  const variants = sizes.map((value) => ({
    sku: newId(),
    price: '1',
    options: [{ name: 'size', value }],
  }));
  const { createProduct } = await catalog.ask<{ createProduct: { product: { id: string } } }>(
    'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }',
    { input: { ...product, variants } },
    STAFF,
  );
  return createProduct.product.id;
}

async function category(title: string, attributeSchema: object | null = null): Promise<string> {
  const { createCategory } = await catalog.ask<{ createCategory: { category: { id: string } } }>(
    'mutation ($input: CreateCategoryInput!) { createCategory(input: $input) { category { id } } }',
    { input: { title, attributeSchema } },
    STAFF,
  );
  return createCategory.category.id;
}

const UPDATE = `mutation ($input: UpdateProductInput!) {
  updateProduct(input: $input) {
    product { handle title description category { handle } variants { title } } userErrors { code field }
  }
}`;

const update = (input: object) => catalog.ask(UPDATE, { input: { id, ...input } }, STAFF);

/** Attributes of this one name. */
const described = (name: string) => ({
  type: 'object',
  properties: { [name]: { type: 'string' } },
});

describe('updateProduct', () => {
  it('holds attributes against the category that the product is just being put into', async () => {
    const [from, to] = [
      await category('From', described('size')),
      await category('To', described('tone')),
    ];
    const moving = await createProduct({ title: 'Moving', categoryId: from }, ['M']);
    const { waiting } = await catalog.db.transaction(async (query) => {
      const place = await holdCategory(query, to);
      await query(
        'test.move',
        'update products set category_id = $2, category_path = $3 where id = $1',
        [productIds.decode(moving), place?.id, place?.path],
      );
      const waiting = update({ id: moving, attributes: { size: 'L' } });
      await expect.poll(catalog.lockWaits).toBe(1);
      return { waiting };
    });
    expect(await waiting).toMatchObject({
      updateProduct: {
        product: null,
        userErrors: [{ code: 'INVALID_ATTRIBUTES', field: ['attributes', 'size'] }],
      },
    });
    expect(await update({ id: moving, attributes: { tone: 'dark' } })).toMatchObject({
      updateProduct: { product: { category: { handle: 'to' } }, userErrors: [] },
    });
  });

  it('changes what is given and nothing else, and what its variants are called', async () => {
    await update({ categoryId: await category('Clothes'), description: 'Linen.' });
    expect(await update({ title: 'Blouse', handle: 'blouse' })).toEqual({
      updateProduct: {
        product: {
          handle: 'blouse',
          title: 'Blouse',
          description: 'Linen.',
          category: { handle: 'clothes' },
          variants: [{ title: 'Blouse (M)' }, { title: 'Blouse (L)' }],
        },
        userErrors: [],
      },
    });
    expect(await update({ categoryId: null, description: null, title: null })).toMatchObject({
      updateProduct: { product: { title: 'Blouse', description: null, category: null } },
    });
  });

  it.each([
    [{ id: `Product_${newId()}` }, 'NOT_FOUND', 'id'],
    [{ id: 'nonsense' }, 'NOT_FOUND', 'id'],
    [{ title: '' }, 'INVALID_TEXT', 'title'],
    [{ handle: 'A' }, 'INVALID_TEXT', 'handle'],
    [{ categoryId: 'nonsense' }, 'NOT_FOUND', 'categoryId'],
    [{ handle: 'other' }, 'HANDLE_TAKEN', 'handle'],
  ])('refuses %j', async (input, code, field) => {
    expect(await update(input)).toMatchObject({
      updateProduct: { product: null, userErrors: [{ code, field: [field] }] },
    });
  });

  it('is for staff', async () => {
    const input = { id, title: 'Mine' };
    expect(await catalog.errorCodes(UPDATE, { input }, CUSTOMER)).toEqual(['FORBIDDEN']);
  });
});
