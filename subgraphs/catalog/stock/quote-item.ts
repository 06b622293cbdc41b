import type { Database } from '@waybill/kernel/database.js';
import type { Commands, QuotedItem } from '@waybill/schema/commands.js';
import { storable } from '../storable.js';
import { AVAILABLE } from './levels/available.js';

type QuoteItem = Commands['catalog']['quoteItem'];

/** Today's prices and stock of products that are for sale; null in the place of any other SKU. */
export async function quoteItem(
  db: Pick<Database, 'query'>,
  inputs: Array<QuoteItem['input']>,
): Promise<Array<QuoteItem['output']>> {
  const rows = await db.query<Omit<QuotedItem, 'unitPrice'> & { price: string }>(
    'quote.items',
    `select id as "variantId", sku, title, price_minor as price, currency,
            ${AVAILABLE} as available
     from variants
     where sku = any($1::text[]) and active`,
    [[...new Set(inputs.map((input) => storable(input.sku)))]],
  );
  const quotes = new Map(
    rows.map(({ price, ...row }) => [row.sku, { ...row, unitPrice: Number(price) }]),
  );
  return inputs.map(({ sku }) => quotes.get(sku) ?? null);
}
