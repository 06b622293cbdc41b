import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

const CREATE = `mutation ($input: CreateProductInput!) {
  createProduct(input: $input) {
    product {
      id sku title category active price { amount currency } stock { available onHand }
      priceHistory { price { amount currency } }
    }
    userErrors { code field message }
  }
}`;

function create(input: object, identity = STAFF) {
  return catalog.ask(CREATE, { input }, identity);
}

describe('createProduct', () => {
  it('adds a product with its first price', async () => {
    const input = { sku: ' MUG ', title: 'Mug', category: 'kitchen', price: '2.5', onHand: 3 };
    const { createProduct } = (await create(input)) as { createProduct: object };
    expect(createProduct).toEqual({
      product: {
        id: expect.stringMatching(/^Product_[0-9a-f-]{36}$/),
        sku: 'MUG',
        title: 'Mug',
        category: 'kitchen',
        active: true,
        price: { amount: '2.50', currency: 'GBP' },
        stock: { available: 3, onHand: 3 },
        priceHistory: [{ price: { amount: '2.50', currency: 'GBP' } }],
      },
      userErrors: [],
    });
    expect(await catalog.changes('MUG')).toEqual([
      { reason: 'RECEIVED', referenceId: expect.any(String), delta: 3 },
    ]);
  });

  it.each([
    ['JPY', '1200', '1200'],
    ['KWD', '1.234', '1.234'],
  ])('counts %s in its own minor unit', async (currency, price, amount) => {
    expect(await create({ sku: currency, title: 'x', price, currency })).toMatchObject({
      createProduct: { product: { price: { amount, currency } } },
    });
  });

  it('refuses a SKU that is taken', async () => {
    await create({ sku: 'TAKEN', title: 'first', price: '1' });
    expect(await create({ sku: 'TAKEN', title: 'second', price: '1' })).toMatchObject({
      createProduct: { product: null, userErrors: [{ code: 'SKU_TAKEN', field: ['sku'] }] },
    });
  });

  it.each([
    [{ sku: ' ' }, 'INVALID_TEXT', 'sku'],
    [{ sku: 'x'.repeat(65) }, 'INVALID_TEXT', 'sku'],
    [{ title: 'a\0b' }, 'INVALID_TEXT', 'title'],
    [{ category: '' }, 'INVALID_TEXT', 'category'],
    [{ price: '1.234' }, 'INVALID_PRICE', 'price'],
    [{ price: '-1' }, 'INVALID_PRICE', 'price'],
    [{ price: '1e3' }, 'INVALID_PRICE', 'price'],
    [{ price: '1.5', currency: 'JPY' }, 'INVALID_PRICE', 'price'],
    [{ currency: 'XXZ' }, 'INVALID_CURRENCY', 'currency'],
    [{ currency: 'gbp' }, 'INVALID_CURRENCY', 'currency'],
    [{ onHand: -1 }, 'INVALID_STOCK', 'onHand'],
  ])('refuses %j', async (wrong, code, field) => {
    const input = { sku: 'WRONG', title: 'Wrong', price: '1', ...wrong };
    expect(await create(input)).toMatchObject({
      createProduct: { product: null, userErrors: [{ code, field: [field] }] },
    });
  });

  it('is for staff', async () => {
    const input = { sku: 'THEFT', title: 'x', price: '1' };
    expect(await catalog.errorCodes(CREATE, { input }, ANONYMOUS)).toEqual(['UNAUTHENTICATED']);
    expect(await catalog.errorCodes(CREATE, { input }, CUSTOMER)).toEqual(['FORBIDDEN']);
  });
});
