import type { Database } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import { LATEST_FIRST, PRICE_COLUMNS, type PriceRow, priceInForce } from './price-row.js';

/** Of one variant in one storefront; bare ids. */
export interface PriceKey {
  variantId: string;
  storefrontId: string;
}

/** At most `limit` prices that have come into force, the newest first; those after a certain one. */
export interface HistoryKey extends PriceKey {
  limit: number;
  after?: { validFrom: string; id: string } | undefined;
}

/** What a price comes to, in minor units. */
export type PriceNow = Pick<PriceRow, 'amount' | 'currency'>;

export interface PriceLoaders {
  inForce: DataLoader<PriceKey, PriceNow | null, string>;
  history: DataLoader<HistoryKey, PriceRow[], string>;
  /** Those that have not come into force, the soonest first. */
  upcoming: DataLoader<PriceKey, PriceRow[], string>;
}

/** Prices that are shown of those to come, at the most. */
export const UPCOMING_SHOWN = 100;

/** One statement per batch; made anew for each operation. */
export function createPriceLoaders({ query }: Pick<Database, 'query'>): PriceLoaders {
  const loader = <Key extends PriceKey>(name: string, prices: string) =>
    new DataLoader<Key, PriceRow[], string>(
      async (keys) => {
        const text = `select n::integer, price.* from ${KEYS} cross join ${prices} as price order by n`;
        const rows = await query<PriceRow & { n: number }>(name, text, [JSON.stringify(keys)]);
        const byKey = Map.groupBy(rows, ({ n }) => n);
        return keys.map((_, i) => byKey.get(i + 1) ?? []);
      },
      { cacheKeyFn: (key) => JSON.stringify(key) },
    );
  return {
    inForce: new DataLoader(
      async (keys) => {
        const rows = await query<PriceNow & { n: number }>('prices.inForce', IN_FORCE, [
          keys.map(({ variantId }) => variantId),
          keys.map(({ storefrontId }) => storefrontId),
        ]);
        const byPlace = new Map(rows.map((row) => [row.n, row]));
        return keys.map((_, i) => byPlace.get(i + 1) ?? null);
      },
      { cacheKeyFn: ({ variantId, storefrontId }) => variantId + storefrontId },
    ),
    history: loader('prices.history', HISTORY),
    upcoming: loader('prices.upcoming', UPCOMING),
  };
}

/** Lists ask for it hundreds of times: a row says no more than is shown. */
const IN_FORCE = `
  select n::integer, price.* from unnest($1::uuid[], $2::uuid[]) with ordinality as wanted (variant, storefront, n)
    cross join ${priceInForce('wanted.variant', 'wanted.storefront', 'prices.amount::float8, prices.currency')} as price`;

const KEYS = `rows from (json_to_recordset($1::json)
    as ("variantId" uuid, "storefrontId" uuid, "limit" integer, after json)) with ordinality
  as wanted ("variantId", "storefrontId", "limit", after, n)`;

const OF_WANTED = `
  from prices where variant_id = wanted."variantId" and storefront_id = wanted."storefrontId" and withdrawn_at is null`;

const HISTORY = `lateral (
  select ${PRICE_COLUMNS} ${OF_WANTED} and valid_from <= now()
    and not exists (
      select from prices later
      where (later.variant_id, later.storefront_id, later.valid_from)
          = (prices.variant_id, prices.storefront_id, prices.valid_from)
        and later.id > prices.id and later.withdrawn_at is null)
    and (wanted.after is null
      or (valid_from, id) < ((wanted.after ->> 'validFrom')::timestamptz, (wanted.after ->> 'id')::uuid))
  order by ${LATEST_FIRST} limit wanted."limit")`;

const UPCOMING = `lateral (
  select ${PRICE_COLUMNS} ${OF_WANTED} and valid_from > now() order by valid_from, id limit ${UPCOMING_SHOWN})`;
