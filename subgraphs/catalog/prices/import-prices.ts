import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Seller } from '../storefronts/seller.js';
import { priceInForce } from './price-row.js';
import { NOW } from './write-prices.js';

/** What a variant costs according to another system; amounts in minor units of the storefront's currency. */
interface ImportedPrices {
  sku: string;
  /** From now on; null: as it is. */
  amount: number | null;
  prices: ReadonlyArray<{ amount: number; validFrom: Date }>;
}

/** Appends the prices that are not known; the same again changes nothing. */
export async function importPrices(
  query: Query,
  rows: readonly ImportedPrices[],
  seller: Seller,
): Promise<void> {
  const dated = rows.flatMap(({ sku, prices }) => prices.map((price) => ({ sku, ...price })));
  if (dated.length > 0) await append(query, 'import.prices', DATED, dated, seller);
  const today = rows.flatMap(({ sku, amount }) => (amount === null ? [] : { sku, amount }));
  if (today.length > 0) await append(query, 'import.pricesOfToday', TODAY, today, seller);
}

function append(
  query: Query,
  name: string,
  text: string,
  rows: ReadonlyArray<{ sku: string; amount: number; validFrom?: Date }>,
  { storefront, actor }: Seller,
) {
  const prices = rows.map(({ sku, amount, validFrom }) => ({
    id: newId(),
    sku,
    amount,
    validFrom,
  }));
  return query(name, text, [JSON.stringify(prices), storefront.id, storefront.currency, actor]);
}

const INSERT = `insert into prices (id, variant_id, storefront_id, amount, currency, valid_from, set_by)`;
const ROWS = `json_to_recordset($1::json) as row (id uuid, sku text, amount bigint, "validFrom" timestamptz)
  join variants using (sku)`;

const DATED = `${INSERT}
  select row.id, variants.id, $2::uuid, row.amount, $3::text, row."validFrom", $4
  from ${ROWS} left join lateral (
    select amount from prices
    where variant_id = variants.id and storefront_id = $2::uuid and valid_from = row."validFrom" and withdrawn_at is null
    order by id desc limit 1) as known on true
  where known.amount is distinct from row.amount`;

const TODAY = `${INSERT}
  select row.id, variants.id, $2::uuid, row.amount, $3::text, ${NOW}, $4
  from ${ROWS} left join ${priceInForce('variants.id', '$2::uuid')} as today on true
  where (today.amount, today.currency) is distinct from (row.amount, $3::text)`;
