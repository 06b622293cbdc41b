import type { Database } from '@waybill/kernel/database.js';
import type { Commands, QuoteToPlace } from '@waybill/schema/commands.js';
import { priceInForce } from '../prices/price-row.js';

type FindQuote = Commands['catalog']['findQuote'];

/**
 * Tells the orders of quotes that somebody wants to place, in one statement. A line has changed where its goods are not
 * for sale in the storefront any more, or where the price that it is bound to is not in force; a price that somebody named
 * stays.
 */
export async function findQuote(
  db: Pick<Database, 'query'>,
  inputs: Array<FindQuote['input']>,
): Promise<Array<FindQuote['output']>> {
  const ids = [...new Set(inputs.map(({ quoteId }) => quoteId))];
  const rows = await db.query<QuoteToPlace & { id: string }>('quotes.toPlace', TO_PLACE, [ids]);
  const quotes = new Map(rows.map(({ id, ...quote }) => [id, quote]));
  return inputs.map(({ quoteId }) => quotes.get(quoteId) ?? null);
}

const LINES = `
  select json_agg(json_build_object('sku', sku, 'variantId', variants.id, 'title', variants.title, 'quantity', quantity,
      'unitPrice', unit_price, 'priceId', case when not is_own then price_id end,
      'hasChanged', not variants.active or not published_in @> array[quotes.storefront_id]
        or (not is_own and price.id is distinct from price_id)) order by line_number)
  from quote_lines
    join variants on variants.id = variant_id
    join products on products.id = product_id
    left join ${priceInForce('quote_lines.variant_id', 'quotes.storefront_id')} as price on true
  where quote_id = quotes.id`;

const TO_PLACE = `
  select quotes.id, owner_id as "ownerId", owner_kind as "ownerKind", storefront_id as "storefrontId",
    capture_on as "captureOn", quotes.currency, expires_at <= now() as "hasExpired", (${LINES}) as lines
  from quotes join storefronts on storefronts.id = storefront_id
  where quotes.id = any($1::uuid[])`;
