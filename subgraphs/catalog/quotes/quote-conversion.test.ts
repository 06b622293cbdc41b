import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { storefrontIds } from '../storefronts/storefront.js';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';
import { quoteIds } from './quote.js';

let catalog: TestCatalog;
let blue: string;
/** Days on which quotes were made, the first and the second. */
const [MONDAY, TUESDAY] = ['2026-03-02', '2026-03-03'];

beforeAll(async () => {
  catalog = await openTestCatalog();
  blue = await catalog.storefront('blue', 'EUR');
  await catalog.stock('A', 10);
  const placed = await quote(2);
  await quote(3, 'past');
  await quote(4);
  await wereMadeOn(MONDAY);
  await quote(5);
  const late = await quote(6, 'past');
  await wereMadeOn(TUESDAY);
  for (const quoteId of [placed, late]) {
    const placement = { quoteId, orderId: newId(), placedAt: `${TUESDAY}T10:00:00Z` };
    const [first, again] = [placement, { ...placement, orderId: newId() }];
    await catalog.commands.recordQuotePlaced([first, { ...first, quoteId: newId() }]);
    await catalog.commands.recordQuotePlaced([again]);
    const [row] = await catalog.db.query<{ order_id: string }>(
      'test.placed',
      'select order_id from quotes where id = $1',
      [quoteId],
    );
    expect(row?.order_id).toBe(first.orderId);
  }
  await catalog.db.query(
    'test.expire',
    `update quotes set expires_at = now() where reason = 'past'`,
  );
});
afterAll(() => catalog.close());

async function quote(quantity: number, reason = 'kept'): Promise<string> {
  const { createQuote } = await catalog.ask<{ createQuote: { quote: { id: string } } }>(
    'mutation ($input: CreateQuoteInput!) { createQuote(input: $input) { quote { id } } }',
    { input: { lines: [{ sku: 'A', quantity }], reason } },
    STAFF,
  );
  return quoteIds.decode(createQuote.quote.id) ?? '';
}

/** Those that were made just now, in the last minute of a day of before. */
async function wereMadeOn(day: string): Promise<void> {
  const { query } = catalog.db;
  const now = `> '${TUESDAY}T23:59:59Z'`;
  await query('test.made', `update quotes set created_at = $1 where created_at ${now}`, [
    `${day}T23:59:00Z`,
  ]);
  await query('test.day', `update quote_days set day = $1 where day ${now}`, [day]);
}

async function conversion(
  variables: object,
  shown: string,
  by: Identity = STAFF,
): Promise<Array<Record<string, unknown>>> {
  const { quoteConversion } = await catalog.ask<Record<string, Page>>(
    `query ($by: QuoteConversionBy!, $filter: QuoteConversionFilter, $after: String, $first: Int) {
      quoteConversion(by: $by, filter: $filter, after: $after, first: $first) {
        edges { cursor node { ${shown} ${['made', 'placed', 'expired', 'open'].map((name) => `${name} { count total { amount currency } }`)} } }
      } }`,
    variables,
    by,
  );
  return (quoteConversion as Page).edges.map(({ cursor, node }) => {
    const { made, placed, expired, open, ...rest } = node;
    const told = [made, placed, expired, open].map((some) => `${some.count}: ${some.total.amount}`);
    return { ...rest, counts: told.join(', '), ...('first' in variables && { cursor }) };
  });
}

type Some = { count: number; total: { amount: string } };
interface Page {
  edges: Array<{ cursor: string; node: Record<'made' | 'placed' | 'expired' | 'open', Some> }>;
}

const DAYS = [
  { day: TUESDAY, counts: '2: 11.00, 1: 6.00, 0: 0.00, 1: 5.00' },
  { day: MONDAY, counts: '3: 9.00, 1: 2.00, 1: 3.00, 1: 4.00' },
];

it('counts quotes by the day on which they were made, page by page', async () => {
  expect(await conversion({ by: 'DAY' }, 'day')).toEqual(DAYS);
  const [first] = await conversion({ by: 'DAY', first: 1 }, 'day');
  expect(await conversion({ by: 'DAY', after: first?.cursor }, 'day')).toEqual([DAYS[1]]);
  const monday = { from: MONDAY, to: MONDAY, currency: 'GBP' };
  expect(await conversion({ by: 'DAY', filter: monday }, 'day')).toEqual([DAYS[1]]);
  const nothing = { from: '0000-01-01', to: '0000-12-31' };
  expect(await conversion({ by: 'DAY', filter: nothing }, 'day')).toEqual([]);
});

it('counts them by storefront, for staff of it', async () => {
  const all = { storefront: { code: 'main' }, counts: '5: 20.00, 2: 8.00, 1: 3.00, 2: 9.00' };
  expect(await conversion({ by: 'STOREFRONT' }, 'storefront { code }')).toEqual([all]);
  const confined = { ...STAFF, realms: [blue] };
  expect(await conversion({ by: 'STOREFRONT' }, 'day', confined)).toEqual([]);
  const filter = { storefrontIds: [storefrontIds.encode(blue), 'nonsense'] };
  expect(await conversion({ by: 'STOREFRONT', filter }, 'day')).toEqual([]);
});

it('tells customers nothing, and knows its own cursors', async () => {
  const codes = (variables: object, by: Identity) =>
    catalog.errorCodes(
      'query ($after: String) { quoteConversion(by: STOREFRONT, after: $after) { edges { cursor } } }',
      variables,
      by,
    );
  expect(await codes({}, CUSTOMER)).toEqual(['FORBIDDEN']);
  const after = Buffer.from(`k:${MONDAY} GBP`).toString('base64url');
  expect(await codes({ after }, STAFF)).toEqual(['BAD_USER_INPUT']);
});
