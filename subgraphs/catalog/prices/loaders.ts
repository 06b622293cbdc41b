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

export interface PriceLoaders {
  inForce: DataLoader<PriceKey, PriceRow[], string>;
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
    inForce: loader('prices.inForce', priceInForce('wanted."variantId"', 'wanted."storefrontId"')),
    history: loader('prices.history', HISTORY),
    upcoming: loader('prices.upcoming', UPCOMING),
  };
}

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
