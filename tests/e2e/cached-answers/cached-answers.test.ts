import { randomUUID } from 'node:crypto';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client } from '../../support/client.js';
import { placed } from '../../support/orders.js';
import { logIn, openShop, type Shop } from '../../support/shop.js';

const CATALOG = `query Catalog($skus: [String!]) {
  productVariants(first: 2, filter: { skus: $skus }) {
    edges { node { sku title price { amount } priceHistory { edges { node { price { amount } } } } } }
    pageInfo { hasNextPage }
  }
}`;
const STOCK =
  'query Stock($sku: String!) { productVariant(sku: $sku) { title stock { available } } }';
const ORDERS = `query Orders {
  me { orders(first: 5) { edges { node { id lines { variant { title } } } } } }
}`;

const places = process.env.REDIS_URL ? (['memory', 'redis'] as const) : (['memory'] as const);

describe.each(places)('answers that may be kept in %s', (responseCache) => {
  let shop: Shop;
  let tokens: { ada: string; alan: string; staff: string };

  beforeAll(async () => {
    shop = await openShop({ responseCache });
    const tokenOf = async (name: string) => {
      const { email } = await shop.customer(name);
      return logIn(shop.nobody, { email, password: 'correct horse battery' });
    };
    const staff = await logIn(shop.nobody, DEMO_PEOPLE.staff);
    tokens = { ada: await tokenOf('Ada'), alan: await tokenOf('Alan'), staff };
  });
  afterAll(() => shop?.close());

  async function get(query: string, variables: object, token?: string, etag?: string) {
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    const response = await fetch(`${shop.url}?${search}`, {
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        // `fetch` would send no-cache along with a tag, unless told something else.
        ...(etag && { 'if-none-match': etag, 'cache-control': 'max-age=600' }),
      },
    });
    const text = await response.text();
    return { response, text, headers: response.headers };
  }

  const rename = async (sku: string, title: string) => {
    const staff = client(shop.url, tokens.staff);
    const { productVariant } = await staff.ask<{ productVariant: { product: { id: string } } }>(
      'query ($sku: String!) { productVariant(sku: $sku) { product { id } } }',
      { sku },
    );
    await staff.ask(
      `mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { userErrors { code } } }`,
      { input: { id: productVariant.product.id, title } },
    );
  };

  it('say so over GET, and are not sent twice', async () => {
    const skus = [await shop.product()];
    const first = await get(CATALOG, { skus }, tokens.ada);
    expect(first.text).toContain('"title":"Enamel mug"');
    expect(first.headers.get('cache-control')).toBe('max-age=30, private');
    expect(first.headers.get('vary')).toContain('authorization');
    const tag = first.headers.get('etag') ?? '';
    const second = await get(CATALOG, { skus }, tokens.ada, tag);
    expect([second.response.status, second.text, second.headers.get('etag')]).toEqual([
      304,
      '',
      tag,
    ]);
    const stock = await get(STOCK, { sku: skus[0] }, tokens.ada);
    expect(stock.headers.get('cache-control')).toBe('max-age=5, private');
  });

  const titleFor = async (sku: string, token?: string): Promise<string> => {
    const { text } = await get(CATALOG, { skus: [sku] }, token);
    return JSON.parse(text).data.productVariants.edges[0].node.title;
  };

  it('are kept for whoever got them, and nobody else', async () => {
    const sku = await shop.product();
    // A Redis that is slow for a moment keeps nothing: then the next answer is kept.
    await expect
      .poll(async () => {
        const kept = [await titleFor(sku, tokens.ada), await titleFor(sku)];
        await rename(sku, `Mug ${randomUUID()}`);
        const after = [await titleFor(sku, tokens.ada), await titleFor(sku)];
        return after.every((title, i) => title === kept[i]);
      })
      .toBe(true);
    expect(await titleFor(sku, tokens.alan)).toBe(await titleFor(sku, tokens.staff));
  });

  it('are no older than what one has changed oneself', async () => {
    const sku = await shop.product();
    expect(await titleFor(sku, tokens.staff)).toBe('Enamel mug');
    await rename(sku, 'Tin mug');
    expect(await titleFor(sku, tokens.staff)).toBe('Tin mug');
  });

  it('are never those about orders', async () => {
    const sku = await shop.product({ title: 'Secret present' });
    await placed(client(shop.url, tokens.ada), { lines: [{ sku, quantity: 1 }] });
    const hers = await get(ORDERS, {}, tokens.ada);
    expect(hers.text).toContain('Secret present');
    expect(hers.headers.get('cache-control')).toBe('no-store');
    expect(hers.headers.get('etag')).toBeNull();
    for (const token of [tokens.alan, undefined]) {
      const other = await get(ORDERS, {}, token);
      expect(other.text).not.toContain('Secret present');
      expect(other.headers.get('cache-control')).toBe('no-store');
    }
  });
});
