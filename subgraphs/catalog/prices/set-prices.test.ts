import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;
let german: string;

beforeAll(async () => {
  catalog = await openTestCatalog();
  german = await catalog.storefront('german', 'EUR');
  await catalog.stock('A', 10);
  await catalog.stock('B', 10);
});
afterAll(() => catalog.close());

const SET = `mutation ($input: SetPricesInput!) {
  setPrices(input: $input) {
    prices { id price { amount currency } validFrom reason setBy }
    userErrors { code field }
  }
}`;

const WITHDRAW = `mutation ($input: WithdrawPriceInput!) {
  withdrawPrice(input: $input) { price { id } userErrors { code field } }
}`;

interface Answer {
  setPrices: { prices: Array<{ id: string }>; userErrors: object[] };
}

function set(input: object, identity: Identity = STAFF) {
  return catalog.ask<Answer>(SET, { input }, identity);
}

function withdraw(priceId: string | undefined, identity: Identity = STAFF) {
  return catalog.ask(WITHDRAW, { input: { priceId } }, identity);
}

async function priceOf(sku: string, storefront: string | null = null, identity = CUSTOMER) {
  const source = `query ($sku: String!, $storefront: String) {
    productVariant(sku: $sku) { price(storefront: $storefront) { amount currency } }
  }`;
  const { productVariant } = await catalog.ask<{ productVariant: { price: object | null } }>(
    source,
    { sku, storefront },
    identity,
  );
  return productVariant.price;
}

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const refusedFor = (code: string, ...field: string[]) => ({
  setPrices: { prices: [], userErrors: [{ code, field }] },
});

describe('setPrices', () => {
  it('prices variants by storefront, in its currency, and tells who and why', async () => {
    const prices = [
      { sku: 'A', price: '12.5' },
      { sku: 'B', price: '0' },
    ];
    const { setPrices } = await set({ storefront: 'german', prices, reason: 'Opening' });
    expect(setPrices).toEqual({
      prices: ['12.50', '0.00'].map((amount) => ({
        id: expect.stringMatching(/^VariantPrice_/),
        price: { amount, currency: 'EUR' },
        validFrom: expect.stringContaining('Z'),
        reason: 'Opening',
        setBy: expect.stringMatching(/^user:/),
      })),
      userErrors: [],
    });
    expect(await priceOf('A', 'german')).toEqual({ amount: '12.50', currency: 'EUR' });
    expect(await priceOf('A')).toEqual({ amount: '1.00', currency: 'GBP' });
    expect(await priceOf('A', 'no-such-storefront')).toBeNull();
  });

  it('lets a future price come into force by itself', async () => {
    await catalog.stock('SOON', 1);
    await set({ prices: [{ sku: 'SOON', price: '0.50', validFrom: inMs(700) }] });
    expect(await priceOf('SOON')).toMatchObject({ amount: '1.00' });
    await expect.poll(() => priceOf('SOON'), { timeout: 5000 }).toMatchObject({ amount: '0.50' });
  });

  it('sets nothing where a line is wrong, and names each line', async () => {
    const good = { sku: 'B', price: '7' };
    const wrong = await set({
      prices: [good, { sku: 'NONE', price: '1' }, { sku: 'A', price: '1', validFrom: inMs(-9000) }],
    });
    expect(wrong.setPrices).toEqual({
      prices: [],
      userErrors: [
        { code: 'NOT_FOUND', field: ['prices', '1', 'sku'] },
        { code: 'INVALID_TIME', field: ['prices', '2', 'validFrom'] },
      ],
    });
    const unreadable = await set({ prices: [good, { sku: 'A', price: '1.234' }, good] });
    expect(unreadable.setPrices.userErrors).toEqual([
      { code: 'INVALID_PRICE', field: ['prices', '1', 'price'] },
      { code: 'DUPLICATE_LINE', field: ['prices', '2', 'sku'] },
    ]);
    expect(await priceOf('B')).toMatchObject({ amount: '1.00' });
  });

  it('refuses what is no request', async () => {
    const prices = [{ sku: 'A', price: '1' }];
    expect(await set({ prices: [] })).toEqual(refusedFor('TOO_MANY_PRICES', 'prices'));
    expect(await set({ prices, reason: 'a\0b' })).toEqual(refusedFor('INVALID_TEXT', 'reason'));
    const unknown = refusedFor('UNKNOWN_STOREFRONT', 'storefront');
    expect(await set({ prices, storefront: 'none' })).toEqual(unknown);
  });

  it('is for staff of the storefront', async () => {
    const here: Identity = { ...STAFF, realms: [MAIN_STOREFRONT_ID] };
    const prices = [{ sku: 'A', price: '66' }];
    expect(await set({ prices, storefront: 'german' }, here)).toEqual(
      refusedFor('UNKNOWN_STOREFRONT', 'storefront'),
    );
    const there: Identity = { ...STAFF, realms: [german] };
    expect((await set({ prices, storefront: 'german' }, there)).setPrices.userErrors).toEqual([]);
    expect(await catalog.errorCodes(SET, { input: { prices } }, CUSTOMER)).toEqual(['FORBIDDEN']);
  });
});

describe('withdrawPrice', () => {
  it('keeps a price from ever coming into force, for whoever looks and for whoever orders', async () => {
    await catalog.stock('NEVER', 1);
    await catalog.stock('MARK', 1);
    const at = { price: '0.50', validFrom: inMs(700) };
    const { setPrices } = await set({
      prices: [
        { sku: 'NEVER', ...at },
        { sku: 'MARK', ...at },
      ],
    });
    await withdraw(setPrices.prices[0]?.id);
    // Both were to count from the same moment.
    await expect.poll(() => priceOf('MARK'), { timeout: 5000 }).toMatchObject({ amount: '0.50' });
    expect(await priceOf('NEVER')).toMatchObject({ amount: '1.00' });
    const asked = ['NEVER', 'MARK'].map((sku) => ({ sku, storefrontId: MAIN_STOREFRONT_ID }));
    expect(await catalog.commands.quoteItem(asked)).toMatchObject([
      { item: { unitPrice: 100 } },
      { item: { unitPrice: 50 } },
    ]);
  });

  const future = async (sku: string) => {
    const { setPrices } = await set({ prices: [{ sku, price: '3', validFrom: inMs(60_000) }] });
    return setPrices.prices[0]?.id;
  };

  it('takes back a price to come, once', async () => {
    await catalog.stock('LATER', 1);
    const id = await future('LATER');
    const upcoming = `{ productVariant(sku: "LATER") { upcomingPrices { id } } }`;
    expect(await catalog.ask(upcoming, {}, STAFF)).toEqual({
      productVariant: { upcomingPrices: [{ id }] },
    });
    expect(await catalog.ask(upcoming, {}, CUSTOMER)).toEqual({
      productVariant: { upcomingPrices: null },
    });
    const elsewhere: Identity = { ...STAFF, realms: [german] };
    expect(await catalog.ask(upcoming, {}, elsewhere)).toEqual({
      productVariant: { upcomingPrices: null },
    });
    const none = { price: null, userErrors: [{ code: 'NOT_FOUND', field: ['priceId'] }] };
    expect(await withdraw(id, elsewhere)).toEqual({ withdrawPrice: none });
    expect(await withdraw(id)).toEqual({ withdrawPrice: { price: { id }, userErrors: [] } });
    expect(await withdraw(id)).toEqual({ withdrawPrice: none });
    expect(await catalog.ask(upcoming, {}, STAFF)).toEqual({
      productVariant: { upcomingPrices: [] },
    });
  });

  it('leaves what is in force, which nobody rewrites', async () => {
    const { setPrices } = await set({ prices: [{ sku: 'B', price: '3' }] });
    const [price] = setPrices.prices;
    expect(await withdraw(price?.id)).toEqual({
      withdrawPrice: {
        price: null,
        userErrors: [{ code: 'ALREADY_IN_FORCE', field: ['priceId'] }],
      },
    });
    for (const text of [
      'update prices set amount = 1',
      `update prices set withdrawn_by = 'me', withdrawn_at = now()`,
      'delete from prices',
    ]) {
      await expect(catalog.db.query(text, text)).rejects.toThrow('append-only');
    }
  });

  it.each(['nonsense', `VariantPrice_${newId()}`])('finds nothing under %s', async (id) => {
    expect(await withdraw(id)).toMatchObject({
      withdrawPrice: { userErrors: [{ code: 'NOT_FOUND' }] },
    });
  });
});
