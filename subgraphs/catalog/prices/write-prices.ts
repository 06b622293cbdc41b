import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { PRICE_COLUMNS, type PriceRow } from './price-row.js';

/** A price to be set. */
export interface NewPrice {
  variantId: string;
  storefrontId: string;
  /** Minor units. */
  amount: number;
  currency: string;
  /** Null: from now on, by the clock of the database. */
  validFrom: Date | null;
}

/** Who sets prices, and why. */
export interface Setting {
  setBy: string;
  reason?: string | null;
}

/** To the millisecond, as cursors and clients have it. */
export const NOW = `date_trunc('milliseconds', now())`;

/** Appends prices, in one statement; answers them in the same order. */
export function insertPrices(
  query: Query,
  prices: readonly NewPrice[],
  { setBy, reason = null }: Setting,
): Promise<PriceRow[]> {
  return query<PriceRow>(
    'prices.insert',
    `insert into prices (id, variant_id, storefront_id, amount, currency, valid_from, reason, set_by)
     select id, "variantId", "storefrontId", amount, currency, coalesce("validFrom", ${NOW}), $2, $3
     from json_to_recordset($1::json) as row (id uuid, "variantId" uuid, "storefrontId" uuid, amount bigint,
                                               currency text, "validFrom" timestamptz)
     order by id
     returning ${PRICE_COLUMNS}`,
    [JSON.stringify(prices.map((price) => ({ id: newId(), ...price }))), reason, setBy],
  );
}
