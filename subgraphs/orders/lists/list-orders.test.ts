import { hash } from 'node:crypto';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderRow, type ReadOrder } from '../order-row.js';
import type { OrderRow } from '../tables.js';
import { generateOrders, STOREFRONTS } from '../testing/generated-orders.js';
import { openTestOrders, type TestOrders } from '../testing/orders.js';
import { listOrders } from './list-orders.js';
import {
  isByTotal,
  ORDER_SORTS,
  type OrderQuery,
  type OrderSort,
  soughtBy,
} from './order-query.js';
import { collectStatement, type Statement, walkStatement } from './page-statements.js';
import { searchTerms } from './search-terms.js';
import { allByTotal, allOrders, type Source, sourcesOf } from './sources.js';

const MANY = 1500;
const FEW_OF_THEM = 200;

let orders: TestOrders;
let all: Known[];
beforeAll(async () => {
  orders = await openTestOrders();
  await generateOrders(db(), { from: 1, to: MANY, total: MANY });
  await sql('analyze');
  all = await known();
});
afterAll(() => orders.close());

const db = () => orders.as(ANONYMOUS).db;
const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  db().query<Row & Record<string, unknown>>(`test.${hash('md5', text)}`, text, values);

/** An order with all that it is found by. */
type Known = OrderRow & { terms: string[]; skus: string[] };

async function known(): Promise<Known[]> {
  const rows = await sql<ReadOrder & { terms: string[]; skus: string[] }>(
    `select o.*, floor(extract(epoch from placed_at) * 1000)::float8 as "placedAt", o.total::float8 as total,
       customer_id as "customerId", storefront_id as "storefrontId", payment_status as "paymentStatus",
       refund_status as "refundStatus", needs_attention as "needsAttention", terms,
       array(select sku from order_lines l where l.order_id = o.id) as skus
     from orders o join terms_of_orders on order_id = id order by placed_at desc, id desc`,
  );
  return rows.map((row) => ({ ...orderRow(row), terms: row.terms, skus: row.skus }));
}

const read = async ({ name, text, values }: Statement) =>
  (await db().query<{ id: string }>(name, text, values)).map(({ id }) => id);

/** What a list must answer, told without any index. */
function expected(query: OrderQuery): string[] {
  const holds = (order: Known) =>
    (query.status?.includes(order.status) ?? true) &&
    (query.paymentStatus?.includes(order.paymentStatus) ?? true) &&
    (query.refundStatus?.includes(order.refundStatus) ?? true) &&
    (query.storefrontIds?.includes(order.storefrontId) ?? true) &&
    (query.customerId === undefined || order.customerId === query.customerId) &&
    (query.needsAttention === undefined ||
      (order.needsAttention !== null) === query.needsAttention) &&
    (query.placedFrom === undefined || order.placedAt >= query.placedFrom) &&
    (query.placedTo === undefined || order.placedAt < query.placedTo) &&
    isWithin(order, query.total) &&
    (query.sku === undefined || order.skus.includes(query.sku)) &&
    isFound(order, query.search);
  const found = all.filter(holds);
  if (!isByTotal(query.sort)) return found.map(({ id }) => id);
  const sorted = found.toSorted((a, b) => b.total - a.total || (a.id < b.id ? 1 : -1));
  return (query.sort === 'TOTAL_ASCENDING' ? sorted.toReversed() : sorted).map(({ id }) => id);
}

const isWithin = ({ currency, total }: Known, range: OrderQuery['total']) =>
  !range ||
  (currency === range.currency && total >= (range.min ?? 0) && total <= (range.max ?? Infinity));

function isFound({ terms }: Known, search: string | undefined): boolean {
  const words = search?.toLowerCase().split(' ') ?? [];
  return words.every((word, i) =>
    i === words.length - 1 && word.length > 1 && /\D/.test(word)
      ? terms.some((term) => term.startsWith(word))
      : terms.includes(word),
  );
}

/** All pages of a statement for one. */
async function walked(
  statement: (page: { limit: number; after: string | undefined }) => Statement,
) {
  const ids: string[] = [];
  for (let pages = 0; pages < 4; pages++) {
    const found = await read(statement({ limit: FEW_OF_THEM, after: ids.at(-1) }));
    ids.push(...found);
    if (found.length < FEW_OF_THEM) break;
  }
  return ids;
}

const few = <Value>(...values: Value[]) => fc.subarray(values, { minLength: 1, maxLength: 2 });
const day = fc
  .integer({ min: 0, max: 730 })
  .map((days) => new Date(Date.now() - days * 86_400_000));
const searches = [
  'shirt',
  'red shi',
  'smith',
  'lond',
  'lodz zoe',
  '1500',
  'sm',
  'linen hat',
  'nobody',
  's',
];

const CONDITIONS = {
  status: few('DELIVERED', 'CONFIRMED', 'FAILED', 'PENDING'),
  paymentStatus: few('PAID', 'NONE', 'VOIDED', 'AUTHORIZED'),
  refundStatus: few('NONE', 'REFUNDED', 'PARTIALLY_REFUNDED'),
  needsAttention: fc.boolean(),
  customerId: fc.integer({ min: 0, max: 20 }).map((i) => () => customerAt(i)),
  storefrontIds: fc.subarray(STOREFRONTS),
  placedFrom: day,
  placedTo: day,
  total: fc.record(
    { currency: fc.constantFrom('GBP', 'EUR'), min: fc.nat(120_000), max: fc.nat(240_000) },
    { requiredKeys: ['currency'] },
  ),
  sku: fc.integer({ min: 0, max: 20 }).map((i) => () => skuAt(i)),
  search: fc.constantFrom(...searches),
};
const NAMES = Object.keys(CONDITIONS) as Array<keyof typeof CONDITIONS>;

/** One to three conditions, by which there is usually something to list. */
const QUERIES = fc
  .tuple(
    fc.subarray(NAMES, { minLength: 1, maxLength: 3 }),
    fc.record(CONDITIONS),
    fc.constantFrom(...ORDER_SORTS),
  )
  .map(([names, all, sort]) => {
    const named = names.map((name) => {
      const value = all[name];
      return [name, typeof value === 'function' ? value() : value];
    });
    const query = Object.fromEntries(named) as OrderQuery;
    return query.total || !isByTotal(sort) ? { ...query, sort } : query;
  });

const customerAt = (i: number) => all.filter(({ customerId }) => customerId)[i]?.customerId;
const skuAt = (i: number) => all[i]?.skus[0] ?? 'NONE';

describe('a list of orders', () => {
  it('answers the same whichever index leads, page by page, and that is what is asked for', async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(QUERIES, async (query) => {
        const wanted = expected(query).slice(0, 3 * FEW_OF_THEM);
        shown += wanted.length;
        const listed = await listOrders(db(), query, { limit: 3 * FEW_OF_THEM, after: undefined });
        expect(listed.map(({ id }) => id)).toEqual(wanted);
        for (const statement of await everyWay(query)) {
          expect((await walked(statement)).slice(0, 3 * FEW_OF_THEM)).toEqual(wanted);
        }
      }),
      { numRuns: 25 },
    );
    expect(shown).toBeGreaterThan(100);
  });

  it('has nothing where a word is nobody’s, or none is typed', async () => {
    const of = (search: string) => listOrders(db(), { search }, { limit: 2, after: undefined });
    expect(await of('xylophone shirt')).toEqual([]);
    expect(await of('--')).toEqual([]);
    expect(await of('SHIRT')).toHaveLength(2);
  });
});

async function everyWay(query: OrderQuery) {
  const terms = await searchTerms(db().query, query);
  if (!terms) return [];
  const sought = soughtBy(query, terms);
  const sources = sourcesOf(sought);
  const ways = [
    ...sources.map((source) => [collectStatement, source] as const),
    ...walkable(sources, query.sort).map((source) => [walkStatement, source] as const),
    [walkStatement, whole(query, sought)] as const,
  ];
  return ways.map(
    ([statement, source]) =>
      (page: { limit: number; after: string | undefined }) =>
        statement(source, query.sort, page),
  );
}

const walkable = (sources: Source[], sort: OrderSort | undefined) =>
  isByTotal(sort) ? [] : sources.filter(({ isByPlacement }) => isByPlacement);

const whole = ({ sort, total }: OrderQuery, sought: Parameters<typeof allOrders>[0]) =>
  total && isByTotal(sort) ? allByTotal(sought, total) : allOrders(sought);

describe('the index that leads', () => {
  const of = (query: OrderQuery, terms = { all: [] as string[] }) =>
    sourcesOf(soughtBy(query, terms))[0];
  const total = { currency: 'GBP' };
  it.each<[string, () => Source | undefined, OrderSort | undefined]>([
    ['orders_by_date', () => allOrders(soughtBy({}, { all: [] })), undefined],
    ['orders_by_date', () => of({ placedFrom: new Date() }), undefined],
    ['orders_by_status', () => of({ status: ['FAILED', 'EXPIRED'] }), undefined],
    ['orders_by_customer', () => of({ customerId: customerAt(1) ?? '' }), undefined],
    ['orders_by_storefront', () => of({ storefrontIds: STOREFRONTS.slice(1) }), undefined],
    ['orders_by_payment', () => of({ paymentStatus: ['VOIDED', 'NONE'] }), undefined],
    ['orders_by_refund', () => of({ refundStatus: ['REFUNDED'] }), undefined],
    ['orders_needing_attention', () => of({ needsAttention: true }), undefined],
    ['order_terms_pkey', () => of({}, { all: ['shirt'] }), undefined],
    [
      'orders_by_total',
      () => allByTotal(soughtBy({ total }, { all: [] }), total),
      'TOTAL_DESCENDING',
    ],
    [
      'orders_by_total',
      () => allByTotal(soughtBy({ total }, { all: [] }), total),
      'TOTAL_ASCENDING',
    ],
  ])(
    '%s is read in its sequence, from the cursor on, and no table is read whole',
    async (index, source, sort) => {
      const leading = source() as Source;
      for (const after of [undefined, all[MANY / 2]?.id]) {
        const { text, values } = walkStatement(leading, sort, { limit: 21, after });
        const plan = await sql<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
        const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
        expect(lines).toMatch(new RegExp(`Index (Only )?Scan (Backward )?using ${index} `));
        expect(lines).not.toMatch(/Seq Scan|Bitmap/);
      }
    },
  );
});

it('the orders of measurements are found as the projection has it', async () => {
  const ids = all.slice(0, 100).map(({ id }) => id);
  const termsOf = () =>
    sql<{ id: string; terms: string[]; indexed: string[] }>(
      `select order_id as id, array(select unnest(terms) order by 1) as terms,
         array(select term from order_terms t where t.order_id = w.order_id order by 1) as indexed
       from terms_of_orders w where order_id = any($1) order by 1`,
      [ids],
    );
  const generated = await termsOf();
  expect(
    generated.every(({ terms, indexed }) => terms.length > 20 && terms.length === indexed.length),
  ).toBe(true);
  await sql('delete from terms_of_orders where order_id = any($1)', [ids]);
  await sql('delete from order_terms where order_id = any($1)', [ids]);
  await sql(
    `insert into unprojected (order_id, seq, type) select id, 1, 'placed' from unnest($1::uuid[]) id`,
    [ids],
  );
  await orders.project();
  expect(await termsOf()).toEqual(generated);
});
