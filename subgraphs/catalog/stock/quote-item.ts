import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { priceInForce } from '../prices/price-row.js';
import { storable } from '../storable.js';
import type { CaptureOn } from '../storefronts/storefront.js';
import { ORDERABLE } from './levels/available.js';

type QuoteItem = Commands['catalog']['quoteItem'];

interface QuoteRow {
  key: string;
  captureOn: CaptureOn | null;
  variantId: string | null;
  /** Minor units; null where it has no price in the storefront. */
  unitPrice: number | null;
  priceId: string | null;
  sku: string;
  title: string;
  currency: string;
  available: number;
}

/**
 * Today's prices and stock of what is for sale in a storefront, with the storefront's policy; null in the place of any
 * other SKU, of what is not published there and of what has no price there, and all of it null where there is no such storefront. One statement.
 */
export async function quoteItem(
  db: Pick<Database, 'query'>,
  inputs: Array<QuoteItem['input']>,
): Promise<Array<QuoteItem['output']>> {
  const asked = new Map(inputs.map((input) => [keyOf(input), input]));
  const rows = await db.query<QuoteRow>('quote.items', QUOTE, [
    [...asked.keys()],
    [...asked.values()].map(({ sku }) => storable(sku)),
    [...asked.values()].map(({ storefrontId }) => storefrontId),
  ]);
  const quotes = new Map(rows.map((row) => [row.key, toQuote(row)]));
  return inputs.map((input) => quotes.get(keyOf(input)) ?? null);
}

const keyOf = ({ storefrontId, sku }: QuoteItem['input']) => `${storefrontId} ${storable(sku)}`;

const QUOTE = `
  select asked.key, s.capture_on as "captureOn", variants.id as "variantId", variants.sku, title,
    price.amount as "unitPrice", price.id as "priceId", price.currency, ${ORDERABLE} as available
  from unnest($1::text[], $2::text[], $3::uuid[]) as asked (key, sku, storefront_id)
    join storefronts s on s.id = asked.storefront_id
    left join variants on variants.sku = asked.sku and active
      and exists (
        select from products
        where products.id = variants.product_id and published_in @> array[asked.storefront_id])
    left join ${priceInForce('variants.id', 'asked.storefront_id')} as price on true`;

function toQuote({ captureOn, key: _, ...row }: QuoteRow): QuoteItem['output'] {
  const { variantId, unitPrice, priceId, ...item } = row;
  if (variantId === null || unitPrice === null || priceId === null)
    return { captureOn, item: null };
  return { captureOn, item: { ...item, variantId, unitPrice, priceId } };
}
