import { hash } from 'node:crypto';
import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderId, quoteIds, storefrontIds } from '../present.js';
import { customer, openTestOrders, product, STAFF, type TestOrders } from '../testing/orders.js';
import { confirm } from '../testing/steps.js';

let orders: TestOrders;
const EURO_SHOP = newId();
const [CLOTHES, SHIRTS, TOYS] = [newId(), newId(), newId()];
const today = new Date().toISOString().slice(0, 10);

const sql = (text: string, values: unknown[] = []) =>
  orders.as(ANONYMOUS).db.query(`test.${hash('md5', text)}`, text, values);
const variantOf = (sku: string) => orders.products.get(sku)?.variantId ?? '';
const goesTo = (country: string) => ({
  shippingAddress: {
    ...{ name: 'Ada', line1: '1 Road', line2: null, city: 'Town', postalCode: '1' },
    country,
  },
});

/** What a report answers: sums in the order of its pages, amounts as decimals. */
async function report(
  field: string,
  shown: string,
  { filter = {}, by = STAFF, first = 20, more = '' } = {} as {
    filter?: object;
    by?: Identity;
    first?: number;
    more?: string;
  },
): Promise<Array<Record<string, unknown>>> {
  const seen: Array<Record<string, unknown>> = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await orders.ask<Record<string, Page>>(
      `query($filter: SalesFilter, $first: Int, $after: String) {
        ${field}(filter: $filter, first: $first, after: $after ${more}) {
          edges { node { ${shown} figures {
            orders units gross { amount } takenOff { amount } refunded { amount } net { amount currency }
          } } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { filter, first, after },
      by,
    );
    expect(errors).toEqual([]);
    const page = data[field] as Page;
    seen.push(...page.edges.map(({ node }) => flat(node)));
    if (!page.pageInfo.hasNextPage) return seen;
    after = page.pageInfo.endCursor;
  }
}

interface Page {
  edges: Array<{ node: Record<string, unknown> & { figures: Figures } }>;
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
type Amount = { amount: string; currency: string };
type Figures = { orders: number; units: number } & Record<
  'gross' | 'takenOff' | 'refunded' | 'net',
  Amount
>;

function flat({ figures, ...rest }: Page['edges'][number]['node']) {
  const { orders: count, units, gross, takenOff, refunded, net } = figures;
  const sums = [count, units, gross.amount, takenOff.amount, refunded.amount];
  return { ...rest, sums: `${sums.join(' ')} = ${net.amount} ${net.currency}` };
}

async function change(mutation: string, input: object) {
  const type = mutation[0]?.toUpperCase() + mutation.slice(1);
  const { data } = await orders.ask<Record<string, { userErrors: object[] }>>(
    `mutation($input: ${type}Input!) { ${mutation}(input: $input) { userErrors { code message } } }`,
    { input },
    STAFF,
  );
  expect(data[mutation]?.userErrors).toEqual([]);
}

async function refundAll(id: string) {
  const pending = await orders.as(STAFF).loaders.refunds.load(id);
  for (const { id: refundId, amount } of pending.filter(({ status }) => status === 'PENDING'))
    await orders.advance(id, { type: 'recordRefunded', refundId, amount });
}

beforeAll(async () => {
  orders = await openTestOrders();
  orders.storefronts.set(EURO_SHOP, 'SHIPMENT');
  orders.products.set('TOY', product('TOY', 500, 'EUR'));
  orders.categories.set(variantOf('A'), [CLOTHES, SHIRTS]);
  orders.categories.set(variantOf('B'), [CLOTHES]);
  orders.categories.set(variantOf('TOY'), [TOYS]);

  // Two A and four B to the UK, one A of it refunded; B are called off, and refunded.
  const lines = [
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 4 },
  ];
  const first = await confirm(orders, await orders.place({ lines, ...goesTo('GB') }));
  await change('refundOrder', {
    ...{ orderId: orderId.encode(first.id), idempotencyKey: newId(), restock: false },
    lines: [{ lineNumber: 1, quantity: 1 }],
  });
  await change('cancelOrderLines', {
    orderId: orderId.encode(first.id),
    lines: [{ lineNumber: 2, quantity: 2 }],
  });
  await refundAll(first.id);
  // One A nowhere in particular, of which some money went back.
  const second = await confirm(orders, await orders.place({}));
  await change('refundOrder', {
    ...{ orderId: orderId.encode(second.id), idempotencyKey: newId(), restock: false },
    ...{ lines: [], amount: '1.50' },
  });
  await refundAll(second.id);
  // Three toys to France, paid when they leave; one is called off.
  const toys = { lines: [{ sku: 'TOY', quantity: 3 }], currency: 'EUR', storefrontId: EURO_SHOP };
  const third = await confirm(orders, await orders.place({ ...toys, ...goesTo('FR') }));
  await change('cancelOrderLines', {
    orderId: orderId.encode(third.id),
    lines: [{ lineNumber: 1, quantity: 1 }],
  });
  // Never confirmed.
  await orders.place({ lines });
  await orders.project();
});
afterAll(() => orders.close());

const GBP = { currency: 'GBP' };
const EUR_SUMS = '1 2 15.00 5.00 0.00 = 10.00 EUR';
const GBP_SUMS = '2 5 40.00 0.00 16.50 = 23.50 GBP';

describe('sales', () => {
  it('are added up by day', async () => {
    expect(await report('salesByDay', 'day')).toEqual([
      { day: today, sums: GBP_SUMS },
      { day: today, sums: EUR_SUMS },
    ]);
    expect(await report('salesByDay', 'day', { filter: { to: '2020-01-01' } })).toEqual([]);
    const filter = { from: today, to: today, ...GBP };
    expect(await report('salesByDay', 'day', { filter })).toEqual([{ day: today, sums: GBP_SUMS }]);
  });

  it('are added up by product, with the refunds of none and a page at a time', async () => {
    const shown = 'sku title variant { id }';
    const all = await report('salesByProduct', shown, { filter: GBP });
    const variant = (sku: string) => ({ id: `ProductVariant_${variantOf(sku)}` });
    expect(all).toEqual([
      {
        ...{ sku: 'A', title: 'Product A', variant: variant('A') },
        sums: '2 3 30.00 0.00 10.00 = 20.00 GBP',
      },
      {
        ...{ sku: 'B', title: 'Product B', variant: variant('B') },
        sums: '1 2 10.00 0.00 5.00 = 5.00 GBP',
      },
      { ...{ sku: null, title: null, variant: null }, sums: '0 0 0.00 0.00 1.50 = -1.50 GBP' },
    ]);
    expect(await report('salesByProduct', shown, { filter: GBP, first: 1 })).toEqual(all);
  });

  it('are added up by the categories at the top, and by those below one', async () => {
    const shown = 'category { id }';
    const category = (id: string) => ({ id: `Category_${id}` });
    expect(await report('salesByCategory', shown, { first: 1 })).toEqual([
      { category: category(TOYS), sums: EUR_SUMS },
      { category: category(CLOTHES), sums: '2 5 40.00 0.00 15.00 = 25.00 GBP' },
      { category: null, sums: '0 0 0.00 0.00 1.50 = -1.50 GBP' },
    ]);
    const more = `, parentId: "Category_${CLOTHES}"`;
    expect(await report('salesByCategory', shown, { more })).toEqual([
      { category: category(SHIRTS), sums: '2 3 30.00 0.00 10.00 = 20.00 GBP' },
    ]);
    const none = `, parentId: "Category_${newId()}"`;
    expect(await report('salesByCategory', shown, { more: none })).toEqual([]);
  });

  it('are added up by country and by storefront', async () => {
    expect(await report('salesByCountry', 'country', { filter: GBP })).toEqual([
      { country: 'GB', sums: '1 4 30.00 0.00 15.00 = 15.00 GBP' },
      { country: null, sums: '1 1 10.00 0.00 1.50 = 8.50 GBP' },
    ]);
    const shop = (id: string) => ({ id: storefrontIds.encode(id) });
    expect(await report('salesByStorefront', 'storefront { id }')).toEqual([
      { storefront: shop(EURO_SHOP), sums: EUR_SUMS },
      { storefront: shop(MAIN_STOREFRONT_ID), sums: GBP_SUMS },
    ]);
  });

  it('are those of the storefronts that staff work for', async () => {
    const confined = { ...STAFF, realms: [EURO_SHOP] };
    const mine = [{ day: today, sums: EUR_SUMS }];
    expect(await report('salesByDay', 'day', { by: confined })).toEqual(mine);
    const main = { storefrontIds: [storefrontIds.encode(MAIN_STOREFRONT_ID)] };
    expect(await report('salesByDay', 'day', { by: confined, filter: main })).toEqual([]);
    expect(await report('salesByCountry', 'country', { filter: main })).toHaveLength(2);
  });

  it('refuse customers, and cursors of other lists', async () => {
    const ask = (source: string, by: Identity) => orders.ask(source, {}, by);
    const { errors } = await ask('{ salesByDay { edges { cursor } } }', customer());
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
    const cursor = Buffer.from('k:2026-02-31 GBP').toString('base64url');
    for (const field of ['salesByDay', 'salesByProduct']) {
      const { errors } = await ask(`{ ${field}(after: "${cursor}") { edges { cursor } } }`, STAFF);
      expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
  });

  it('say how far they go', async () => {
    const asOf = async () => {
      const { data } = await orders.ask<{ salesAsOf: string }>('{ salesAsOf }', {}, STAFF);
      return new Date(data.salesAsOf).getTime();
    };
    const before = Date.now();
    expect(await asOf()).toBeGreaterThanOrEqual(before - 1000);
    await orders.place();
    const placed = await asOf();
    expect(await asOf()).toBe(placed);
    await orders.project();
    expect(await asOf()).toBeGreaterThan(placed);
  });
});

describe('what a category has sold', () => {
  it('stays with it when a product stands elsewhere later', async () => {
    const [before, after] = [newId(), newId()];
    orders.products.set('MOVED', product('MOVED', 700));
    orders.categories.set(variantOf('MOVED'), [before]);
    const place = async () =>
      confirm(orders, await orders.place({ lines: [{ sku: 'MOVED', quantity: 1 }] }));
    const sold = await place();
    await orders.project();
    orders.categories.set(variantOf('MOVED'), [after]);
    // As if the minute were over for which its answer counts.
    await sql(`update variant_categories set checked_at = checked_at - interval '1 minute'`);
    await place();
    await change('refundOrder', {
      ...{ orderId: orderId.encode(sold.id), idempotencyKey: newId(), restock: false },
      lines: [{ lineNumber: 1, quantity: 1 }],
    });
    await refundAll(sold.id);
    await orders.project();
    const shown = await report('salesByCategory', 'category { id }', { filter: GBP });
    expect(shown).toContainEqual({
      category: { id: `Category_${before}` },
      sums: '1 1 7.00 0.00 7.00 = 0.00 GBP',
    });
    expect(shown).toContainEqual({
      category: { id: `Category_${after}` },
      sums: '1 1 7.00 0.00 0.00 = 7.00 GBP',
    });
  });
});

it('tells the catalog of quotes that were placed', async () => {
  const quoteId = newId();
  const by = customer();
  orders.quotes.set(quoteId, {
    ...{ ownerKind: 'user', ownerId: by.userId, storefrontId: MAIN_STOREFRONT_ID },
    ...{ captureOn: null, currency: 'GBP', hasExpired: false },
    lines: [
      {
        ...{ sku: 'A', variantId: variantOf('A'), title: 'A', quantity: 1, unitPrice: 900 },
        ...{ priceId: null, hasChanged: false },
      },
    ],
  });
  const { data } = await orders.ask<{ placeOrder: { order: { id: string } } }>(
    'mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }',
    {
      input: { idempotencyKey: newId(), quoteId: quoteIds.encode(quoteId), paymentMethod: 'pm_1' },
    },
    by,
  );
  await orders.project();
  expect(orders.placedQuotes.get(quoteId)).toBe(orderId.decode(data.placeOrder.order.id));
});

describe('sums of longer periods', () => {
  it('stand for whole years and months, and days for the rest', async () => {
    const shop = newId();
    const add = (table: string, start: string, units: number) =>
      sql(
        `insert into ${table} values ('SKU', 'GBP', $1, $2, 'X', 1, $3, $3, 0, 0)
         on conflict (breakdown, currency, storefront_id, start, key) do update
           set units = ${table}.units + excluded.units`,
        [shop, start, units],
      );
    await sql(`insert into sales_storefronts values ($1, 'GBP')`, [shop]);
    const days = ['2025-12-31', '2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'];
    for (const [i, day] of days.entries()) {
      await add('sales_days', day, 10 ** i);
      await add('sales_months', `${day.slice(0, 7)}-01`, 10 ** i);
      await add('sales_years', `${day.slice(0, 4)}-01-01`, 10 ** i);
    }
    const units = async (from: string | null, to: string | null) => {
      const filter = { from, to, storefrontIds: [storefrontIds.encode(shop)] };
      const [row] = await report('salesByProduct', 'sku', { filter });
      return Number(String(row?.sums).split(' ')[1]);
    };
    expect(await units(null, null)).toBe(11_111);
    expect(await units('2025-12-31', '2026-12-31')).toBe(11_111);
    expect(await units('2026-01-01', '2026-12-31')).toBe(11_110);
    expect(await units('2025-12-31', '2026-02-28')).toBe(1111);
    expect(await units('2026-01-31', '2026-02-27')).toBe(110);
    expect(await units('2026-02-01', '2026-02-28')).toBe(1100);
    expect(await units('2026-02-28', '2026-02-28')).toBe(1000);
    expect(await units('2026-03-01', null)).toBe(10_000);
  });
});
