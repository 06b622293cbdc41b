import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Quote } from '@waybill/schema/commands.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;
let blue: string;

beforeAll(async () => {
  catalog = await openTestCatalog();
  blue = await catalog.storefront('blue', 'EUR');
});
afterAll(() => catalog.close());

/** A product that is published in the main storefront, by a SKU of its own. */
async function product() {
  const sku = newId();
  await catalog.stock(sku, 5);
  const { productVariant } = await catalog.ask<{ productVariant: { product: { id: string } } }>(
    'query ($sku: String!) { productVariant(sku: $sku) { product { id } } }',
    { sku },
    STAFF,
  );
  return { sku, id: productVariant.product.id };
}

function change(mutation: string, input: object, identity: Identity = STAFF) {
  return catalog.ask(
    `mutation ($input: PublishProductsInput!) {
      done: ${mutation}(input: $input) {
        products { id storefronts { code } } userErrors { code field }
      }
    }`,
    { input },
    identity,
  );
}

const FOUND = `query ($sku: String!, $skus: [String!], $id: ID, $storefront: String) {
  product(id: $id, storefront: $storefront) { id }
  productVariant(sku: $sku, storefront: $storefront) { id }
  products(filter: { skus: $skus }, storefront: $storefront) { edges { node { id } } }
  productVariants(filter: { skus: $skus }, storefront: $storefront) { edges { node { id } } }
}`;

/** Whether each way of looking finds it. */
async function found(
  { sku, id }: { sku: string; id: string },
  storefront: string | null,
  identity: Identity = ANONYMOUS,
): Promise<boolean> {
  const answer = await catalog.ask<{
    product: object | null;
    productVariant: object | null;
    products: { edges: object[] };
    productVariants: { edges: object[] };
  }>(FOUND, { sku, skus: [sku], id, storefront }, identity);
  const ways = [
    answer.product !== null,
    answer.productVariant !== null,
    answer.products.edges.length === 1,
    answer.productVariants.edges.length === 1,
  ];
  expect(new Set(ways).size).toBe(1);
  return ways.every(Boolean);
}

const quoted = async (sku: string, storefrontId: string) => {
  const [quote] = await catalog.commands.quoteItem([{ sku, storefrontId }]);
  return (quote as Quote | null)?.item?.currency;
};

describe('publishProducts and unpublishProducts', () => {
  it('say where a product is found, listed and ordered', async () => {
    const mug = await product();
    expect(await found(mug, null)).toBe(true);
    expect(await found(mug, 'main')).toBe(true);
    expect(await found(mug, 'blue')).toBe(false);
    const input = { productIds: [mug.id], storefront: 'blue' };
    const published = {
      products: [{ id: mug.id, storefronts: [{ code: 'main' }, { code: 'blue' }] }],
    };
    for (const _ of ['once', 'again']) {
      expect(await change('publishProducts', input)).toEqual({
        done: { ...published, userErrors: [] },
      });
    }
    expect(await found(mug, 'blue')).toBe(true);
    expect(await quoted(mug.sku, blue)).toBe(undefined);
    await catalog.ask(
      'mutation ($input: SetPricesInput!) { setPrices(input: $input) { userErrors { code } } }',
      { input: { storefront: 'blue', prices: [{ sku: mug.sku, price: '3' }] } },
      STAFF,
    );
    expect(await quoted(mug.sku, blue)).toBe('EUR');

    await change('unpublishProducts', { productIds: [mug.id] });
    expect(await found(mug, null)).toBe(false);
    expect(await quoted(mug.sku, MAIN_STOREFRONT_ID)).toBe(undefined);
    expect(await found(mug, 'blue')).toBe(true);
    expect(await found(mug, null, STAFF)).toBe(true);
    expect(await found(mug, 'main', STAFF)).toBe(false);
    expect(await found(mug, 'nowhere', STAFF)).toBe(false);
  });

  it('hide what is published nowhere from references, but for staff', async () => {
    const mug = await product();
    const ask = (identity: Identity) =>
      catalog.ask(
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { id } ... on ProductVariant { sku } } }',
        {
          r: [
            { __typename: 'Product', id: mug.id },
            { __typename: 'ProductVariant', sku: mug.sku },
          ],
        },
        identity,
      );
    expect(await ask(CUSTOMER)).toEqual({ _entities: [{ id: mug.id }, { sku: mug.sku }] });
    await change('unpublishProducts', { productIds: [mug.id] });
    expect(await ask(CUSTOMER)).toEqual({ _entities: [null, null] });
    expect(await ask(STAFF)).toEqual({ _entities: [{ id: mug.id }, { sku: mug.sku }] });
  });

  it('show in a storefront what it costs there', async () => {
    const mug = await product();
    await catalog.publish(mug.sku, blue);
    const prices = [{ sku: mug.sku, price: '7' }];
    await catalog.ask(
      'mutation ($input: SetPricesInput!) { setPrices(input: $input) { userErrors { code } } }',
      { input: { storefront: 'blue', prices } },
      STAFF,
    );
    const price = { price: { amount: '7.00', currency: 'EUR' } };
    const answer = await catalog.ask(
      `query ($id: ID, $sku: String!, $skus: [String!]) {
        product(id: $id, storefront: "blue") { variants { ...P product { variants { ...P } } } }
        productVariant(sku: $sku, storefront: "blue") { ...P }
        productVariants(storefront: "blue", filter: { skus: $skus }) { edges { node { ...P } } }
        products(storefront: "blue", filter: { skus: $skus }) { edges { node { variants { ...P } } } }
      }
      fragment P on ProductVariant { price { amount currency } }`,
      { ...mug, skus: [mug.sku] },
    );
    expect(answer).toEqual({
      product: { variants: [{ ...price, product: { variants: [price] } }] },
      productVariant: price,
      productVariants: { edges: [{ node: price }] },
      products: { edges: [{ node: { variants: [price] } }] },
    });
  });

  it('change nothing where something is wrong', async () => {
    const mug = await product();
    const nothing = { products: [], userErrors: expect.anything() };
    const wrong = (input: object, identity?: Identity) =>
      change('unpublishProducts', input, identity);
    expect(await wrong({ productIds: [mug.id, 'Product_x'] })).toEqual({
      done: { ...nothing, userErrors: [{ code: 'NOT_FOUND', field: ['productIds', '1'] }] },
    });
    expect(await wrong({ productIds: [] })).toMatchObject({
      done: { ...nothing, userErrors: [{ code: 'TOO_MANY_PRODUCTS' }] },
    });
    const elsewhere: Identity = { ...STAFF, realms: [blue] };
    expect(await wrong({ productIds: [mug.id] }, elsewhere)).toMatchObject({
      done: { ...nothing, userErrors: [{ code: 'UNKNOWN_STOREFRONT', field: ['storefront'] }] },
    });
    expect(await found(mug, null)).toBe(true);
  });
});

describe('importProducts', () => {
  it('publishes what is new to a storefront, and leaves out what was taken out of it', async () => {
    const mug = await product();
    const rows = (storefront: string) =>
      catalog.ask(
        'mutation ($input: ImportProductsInput!) { importProducts(input: $input) { userErrors { code } } }',
        { input: { storefront, products: [{ sku: mug.sku, title: 'Mug', price: '9' }] } },
        STAFF,
      );
    await rows('blue');
    expect(await found(mug, 'blue')).toBe(true);
    expect(await quoted(mug.sku, blue)).toBe('EUR');
    await change('unpublishProducts', { productIds: [mug.id], storefront: 'blue' });
    await rows('blue');
    expect(await found(mug, 'blue')).toBe(false);
  });
});
