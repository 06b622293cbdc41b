import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
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
      id handle title description category { title } active
      variants {
        id sku title active options { name value } price { amount currency } stock { available onHand }
        priceHistory { edges { node { price { amount currency } } } } product { handle }
      }
    }
    userErrors { code field message }
  }
}`;

function create(input: object, identity = STAFF) {
  return catalog.ask(CREATE, { input }, identity);
}

const single = (variant: object, product: object = {}) => ({
  title: 'Mug',
  ...product,
  variants: [{ sku: 'X', price: '1', ...variant }],
});
const size = (value: string) => ({ name: 'size', value });
const colour = (value: string) => ({ name: 'colour', value });

describe('createProduct', () => {
  it('adds a product and its variants, each with its first price and stock', async () => {
    const input = {
      title: ' Linen shirt ',
      description: 'Washed.\nWorn for years.',
      variants: [
        { sku: ' SHIRT-M ', options: [size('M'), colour('blue')], price: '25', onHand: 3 },
        { sku: 'SHIRT-L', options: [size('L'), colour('blue')], price: '27.5', active: false },
      ],
    };
    const { createProduct } = (await create(input)) as { createProduct: object };
    const variant = { id: expect.stringMatching(/^ProductVariant_[0-9a-f-]{36}$/) };
    const product = { handle: 'shirt-m' };
    const priced = (amount: string) => ({
      price: { amount, currency: 'GBP' },
      priceHistory: { edges: [{ node: { price: { amount, currency: 'GBP' } } }] },
    });
    expect(createProduct).toEqual({
      product: {
        id: expect.stringMatching(/^Product_[0-9a-f-]{36}$/),
        handle: 'shirt-m',
        title: 'Linen shirt',
        description: 'Washed.\nWorn for years.',
        category: null,
        active: true,
        variants: [
          {
            ...variant,
            sku: 'SHIRT-M',
            title: 'Linen shirt (blue, M)',
            active: true,
            options: [colour('blue'), size('M')],
            ...priced('25.00'),
            stock: { available: 3, onHand: 3 },
            product,
          },
          {
            ...variant,
            sku: 'SHIRT-L',
            title: 'Linen shirt (blue, L)',
            active: false,
            options: [colour('blue'), size('L')],
            ...priced('27.50'),
            stock: { available: 0, onHand: 0 },
            product,
          },
        ],
      },
      userErrors: [],
    });
    expect(await catalog.changes('SHIRT-M')).toEqual([
      { reason: 'RECEIVED', referenceId: expect.any(String), delta: 3 },
    ]);
  });

  it.each([
    ['JPY', '1200', '1200'],
    ['KWD', '1.234', '1.234'],
  ])(
    'prices in %s where a storefront sells in it, for its staff',
    async (currency, price, amount) => {
      const storefront = currency.toLowerCase();
      const id = await catalog.storefront(storefront, currency);
      const { createProduct } = (await create(
        single({ sku: currency, price }, { storefront }),
      )) as {
        createProduct: object;
      };
      expect(createProduct).toMatchObject({
        product: { variants: [{ price: null }] },
        userErrors: [],
      });
      const { productVariant } = (await catalog.ask(
        'query ($sku: String!, $storefront: String) { productVariant(sku: $sku) { price(storefront: $storefront) { amount currency } } }',
        { sku: currency, storefront },
        STAFF,
      )) as { productVariant: object };
      expect(productVariant).toEqual({ price: { amount, currency } });
      const elsewhere = { ...STAFF, realms: [MAIN_STOREFRONT_ID] };
      expect(await create(single({ sku: 'X' }, { storefront }), elsewhere)).toMatchObject({
        createProduct: { userErrors: [{ code: 'UNKNOWN_STOREFRONT', field: ['storefront'] }] },
      });
      expect(
        await create(single({ sku: newId() }, { storefront }), { ...STAFF, realms: [id] }),
      ).toMatchObject({
        createProduct: { userErrors: [] },
      });
    },
  );

  it('refuses a SKU or a handle that is taken, and adds nothing', async () => {
    await create(single({ sku: 'TAKEN' }, { handle: 'taken' }));
    const second = single({ sku: 'TAKEN' }, { handle: 'second' });
    second.variants.unshift({ sku: 'FREE', price: '1' });
    Object.assign(second.variants[1] as object, { options: [size('M')] });
    expect(await create(second)).toMatchObject({
      createProduct: {
        product: null,
        userErrors: [{ code: 'SKU_TAKEN', field: ['variants', '1', 'sku'] }],
      },
    });
    expect(await create(single({ sku: 'FREE' }, { handle: 'taken' }))).toMatchObject({
      createProduct: { product: null, userErrors: [{ code: 'HANDLE_TAKEN', field: ['handle'] }] },
    });
    expect(await create(single({ sku: 'FREE' }, { handle: 'second' }))).toMatchObject({
      createProduct: { product: { handle: 'second' }, userErrors: [] },
    });
  });

  it.each([
    [{ sku: ' ' }, 'INVALID_TEXT', 'sku'],
    [{ sku: 'x'.repeat(65) }, 'INVALID_TEXT', 'sku'],
    [{ price: '1.234' }, 'INVALID_PRICE', 'price'],
    [{ price: '-1' }, 'INVALID_PRICE', 'price'],
    [{ price: '1e3' }, 'INVALID_PRICE', 'price'],
    [{ onHand: -1 }, 'INVALID_STOCK', 'onHand'],
    [{ options: [size('')] }, 'INVALID_TEXT', 'options.0.value'],
    [{ options: [size('M'), size('L')] }, 'INVALID_VARIANTS', 'options.1.name'],
    [
      { options: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name, value: 'x' })) },
      'INVALID_VARIANTS',
      'options',
    ],
  ])('refuses a variant with %j', async (wrong, code, field) => {
    expect(await create(single(wrong))).toMatchObject({
      createProduct: {
        product: null,
        userErrors: [{ code, field: ['variants', '0', ...field.split('.')] }],
      },
    });
  });

  it.each([
    [{ title: 'a\0b' }, 'INVALID_TEXT', 'title'],
    [{ categoryId: 'nonsense' }, 'NOT_FOUND', 'categoryId'],
    [{ description: 'a\0b' }, 'INVALID_TEXT', 'description'],
    [{ handle: 'No Handle' }, 'INVALID_TEXT', 'handle'],
    [{ variants: [] }, 'INVALID_VARIANTS', 'variants'],
    [{ variants: Array(101).fill({ sku: 'X', price: '1' }) }, 'INVALID_VARIANTS', 'variants'],
    [
      {
        variants: [
          { sku: 'X', price: '1' },
          { sku: 'X', price: '1', options: [size('M')] },
        ],
      },
      'DUPLICATE_SKU',
      'variants.1.sku',
    ],
    [
      {
        variants: [
          { sku: 'X', price: '1' },
          { sku: 'Y', price: '1' },
        ],
      },
      'OPTIONS_TAKEN',
      'variants.1.options',
    ],
  ])('refuses a product with %j', async (wrong, code, field) => {
    expect(await create({ ...single({}), ...wrong })).toMatchObject({
      createProduct: { product: null, userErrors: [{ code, field: field.split('.') }] },
    });
  });

  it('is for staff', async () => {
    const input = single({});
    expect(await catalog.errorCodes(CREATE, { input }, ANONYMOUS)).toEqual(['UNAUTHENTICATED']);
    expect(await catalog.errorCodes(CREATE, { input }, CUSTOMER)).toEqual(['FORBIDDEN']);
  });
});
