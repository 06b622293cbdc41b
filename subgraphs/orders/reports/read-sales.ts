import type { Database } from '@waybill/kernel/database.js';
import { ALL, type Figures } from './breakdowns.js';
import type { DayRange, Periods } from './report-periods.js';

type Db = Pick<Database, 'query'>;

/** Whose sales are asked for. */
export interface Scope {
  /** Bare ids; null for all. */
  storefrontIds: readonly string[] | null;
  /** ISO 4217; null for each by itself. */
  currency: string | null;
}

/** Sales of one key in one currency; amounts in minor units. */
export interface SalesSum extends Figures {
  key: string;
  currency: string;
  net: number;
}

/** Where the page before ended. */
export type SumsAfter = Pick<SalesSum, 'currency' | 'net' | 'key'>;

const SUMS = `sum(orders)::float8 as orders, sum(units)::float8 as units, sum(gross)::float8 as gross,
  sum(taken_off)::float8 as "takenOff", sum(refunded)::float8 as refunded,
  (sum(gross) - sum(taken_off) - sum(refunded))::float8 as net`;

/** Rows of a breakdown in some ranges. `offset 0`: those of each storefront are read by the index, one after the other. */
const rowsOf = (table: string, ranges: number) => `
  select shop.currency, shop.storefront_id, key, sign * orders as orders, sign * units as units, sign * gross as gross,
    sign * taken_off as taken_off, sign * refunded as refunded
  from unnest($${ranges}::date[], $${ranges + 1}::date[], $${ranges + 2}::int[]) as r("from", "to", sign),
    sales_storefronts shop, lateral (
      select key, orders, units, gross, taken_off, refunded from ${table} s
      where s.breakdown = $1 and s.currency = shop.currency and s.storefront_id = shop.storefront_id
        and s.start >= r."from" and s.start < r."to" offset 0) s
  where ($2::uuid[] is null or shop.storefront_id = any($2)) and ($3::text is null or shop.currency = $3)`;

const summed = (key: string) => `
  select key, currency, orders, units, gross, "takenOff", refunded, net from (
    select ${key} as key, currency, ${SUMS} from (
      ${rowsOf('sales_years', 4)}
      union all ${rowsOf('sales_months', 7)}
      union all ${rowsOf('sales_days', 10)}) sold
    group by 1, 2) sums
  where (orders, units, gross, "takenOff", refunded) <> (0, 0, 0, 0, 0)
    and ($13::text is null or currency > $13 or (currency = $13 and (net, key) < ($14::float8, $15)))
  order by currency, net desc, key desc limit $16`;

const BY_KEY = summed('key');
const BY_STOREFRONT = summed('storefront_id::text');

/** The sums of a breakdown by its keys; by currency, those that sold most come first. */
export function salesByKey(
  db: Db,
  breakdown: string,
  scope: Scope,
  periods: Periods,
  page: { limit: number; after: SumsAfter | undefined },
): Promise<SalesSum[]> {
  return db.query<SalesSum>('sales.byKey', BY_KEY, values(breakdown, scope, periods, page));
}

/** The same by storefront, by bare id. */
export function salesByStorefront(
  db: Db,
  scope: Scope,
  periods: Periods,
  page: { limit: number; after: SumsAfter | undefined },
): Promise<SalesSum[]> {
  return db.query<SalesSum>('sales.byStorefront', BY_STOREFRONT, values(ALL, scope, periods, page));
}

function values(
  breakdown: string,
  { storefrontIds, currency }: Scope,
  { year, month, day }: Periods,
  page: { limit: number; after: SumsAfter | undefined },
): unknown[] {
  const ranges = [year, month, day].flatMap((sums) => [
    sums.map(({ from }) => from),
    sums.map(({ to }) => to),
    sums.map(({ sign }) => sign),
  ]);
  const last = page.after && [page.after.currency, page.after.net, page.after.key];
  return [
    breakdown,
    storefrontIds,
    currency,
    ...ranges,
    ...(last ?? [null, null, null]),
    page.limit,
  ];
}

const BY_DAY = `
  select start::text as key, currency, ${SUMS}
  from sales_storefronts shop, lateral (
    select start, orders, units, gross, taken_off, refunded from sales_days s
    where s.breakdown = $1 and s.currency = shop.currency and s.storefront_id = shop.storefront_id
      and s.start >= $4::date and s.start < $5::date and ($6::date is null or s.start <= $6) offset 0) s
  where ($2::uuid[] is null or shop.storefront_id = any($2)) and ($3::text is null or currency = $3)
    and ($6::date is null or (start, currency) < ($6, $7))
  group by start, currency order by start desc, currency desc limit $8`;

/** By day, the latest first. */
export function salesByDay(
  db: Db,
  { storefrontIds, currency }: Scope,
  { from, to }: DayRange,
  { limit, after }: { limit: number; after: Pick<SalesSum, 'currency' | 'key'> | undefined },
): Promise<SalesSum[]> {
  return db.query<SalesSum>('sales.byDay', BY_DAY, [
    ...[ALL, storefrontIds, currency, from, to],
    ...[after?.key ?? null, after?.currency ?? null, limit],
  ]);
}

/** What was sold until then is in the sums; ISO 8601. */
export async function salesAsOf({ query }: Db): Promise<string> {
  const [row] = await query<{ asOf: string }>(
    'sales.asOf',
    `select coalesce((select queued_at from unprojected order by position limit 1), now()) as "asOf"`,
  );
  return new Date(row?.asOf ?? Number.NaN).toISOString();
}

/** What SKUs stand for, as they were last sold. */
export async function soldSkus(
  { query }: Db,
  skus: readonly string[],
): Promise<Map<string, { variantId: string | null; title: string }>> {
  const rows = await query<{ sku: string; variantId: string | null; title: string }>(
    'sales.skus',
    'select sku, variant_id as "variantId", title from sold_skus where sku = any($1)',
    [skus],
  );
  return new Map(rows.map(({ sku, ...rest }) => [sku, rest]));
}
