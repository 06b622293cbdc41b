import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;
let productId: string;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.stock('MUG', 1);
  const { productVariant } = await catalog.ask<{ productVariant: { product: { id: string } } }>(
    '{ productVariant(sku: "MUG") { product { id } } }',
  );
  productId = productVariant.product.id;
});
afterAll(() => catalog.close());

const CREATE = `mutation ($input: CreateVariantInput!) {
  createVariant(input: $input) {
    variant { sku title options { name value } stock { onHand } product { active variants { sku } } }
    userErrors { code field }
  }
}`;

const create = (input: object) => catalog.ask(CREATE, { input: { productId, ...input } }, STAFF);
const red = { options: [{ name: 'colour', value: 'red' }] };

describe('createVariant', () => {
  it('adds one more to a product, with its stock', async () => {
    expect(await create({ sku: 'MUG-RED', price: '1', onHand: 2, ...red })).toEqual({
      createVariant: {
        variant: {
          sku: 'MUG-RED',
          title: 'MUG (red)',
          ...red,
          stock: { onHand: 2 },
          product: { active: true, variants: [{ sku: 'MUG' }, { sku: 'MUG-RED' }] },
        },
        userErrors: [],
      },
    });
    expect(await catalog.changes('MUG-RED')).toMatchObject([{ reason: 'RECEIVED', delta: 2 }]);
  });

  it.each([
    [{ sku: 'MUG' }, 'SKU_TAKEN', 'sku'],
    [{ options: [] }, 'OPTIONS_TAKEN', 'options'],
    [{ price: 'x' }, 'INVALID_PRICE', 'price'],
    [{ productId: `Product_${newId()}` }, 'NOT_FOUND', 'productId'],
    [{ productId: 'nonsense' }, 'NOT_FOUND', 'productId'],
  ])('refuses %j', async (wrong, code, field) => {
    const options = [{ name: 'colour', value: 'blue' }];
    expect(await create({ sku: 'MUG-BLUE', price: '1', options, ...wrong })).toEqual({
      createVariant: { variant: null, userErrors: [{ code, field: [field] }] },
    });
  });

  it('stops at 100, also when they come at once', async () => {
    const codes = await Promise.all(
      Array.from({ length: 105 }, async (_, i) => {
        const options = [{ name: 'number', value: String(i) }];
        const { createVariant } = (await create({ sku: `M${i}`, price: '1', options })) as {
          createVariant: { userErrors: Array<{ code: string }> };
        };
        return createVariant.userErrors[0]?.code;
      }),
    );
    expect(codes.filter((code) => code === undefined)).toHaveLength(98);
    expect(codes.filter((code) => code === 'INVALID_VARIANTS')).toHaveLength(7);
  });

  it('is for staff', async () => {
    const input = { productId, sku: 'X', price: '1' };
    expect(await catalog.errorCodes(CREATE, { input }, CUSTOMER)).toEqual(['FORBIDDEN']);
  });
});
