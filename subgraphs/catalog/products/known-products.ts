import type { Query } from '@waybill/kernel/database.js';
import { SEPARATOR } from '../categories/limits.js';
import { MAIN_LOCATION } from '../locations/main-location.js';
import { priceInForce } from '../prices/price-row.js';
import { handleOfSku } from './handle.js';
import type { ImportRow } from './import-rows.js';
import type { Known, KnownProduct, KnownVariant } from './plan-import.js';

/**
 * What the catalog has of the products that rows are about. With `lock` nobody else changes it until the end of the
 * transaction: products are locked before variants, and each by its key, as everywhere.
 */
export async function knownProducts(
  query: Query,
  rows: readonly ImportRow[],
  storefrontId: string,
  lock: boolean,
): Promise<Known> {
  const handles = rows.map(({ sku, handle }) => handle ?? handleOfSku(sku));
  const skus = rows.map(({ sku }) => sku);
  const products = await query<KnownProduct>(
    `import.products${lock ? ' locked' : ''}`,
    `select id, handle, title, description, attributes, ${CATEGORY} as category,
       published_in @> array[$3::uuid] as published, ${HAD_PRICE} as "hadPrice"
     from products
     where id in (select id from products where handle = any($1::text[])
                  union select product_id from variants where sku = any($2::text[]))
     order by id ${lock ? 'for no key update' : ''}`,
    [handles, skus, storefrontId],
  );
  const ids = products.map(({ id }) => id);
  return { products, variants: await variantsOf(query, ids, storefrontId, lock) };
}

/** SQL of the category of a row of `products`: titles from the top. */
export const CATEGORY = `(
  select string_agg(categories.title, '${SEPARATOR}' order by n)
  from unnest(category_path) with ordinality as path (id, n) join categories using (id))`;

const HAD_PRICE = `exists (
  select from prices join variants on variants.id = variant_id
  where product_id = products.id and storefront_id = $3)`;

/** Locks with them what the main location has, by id, as the stock commands do. */
async function variantsOf(
  query: Query,
  productIds: string[],
  storefrontId: string,
  lock: boolean,
): Promise<KnownVariant[]> {
  if (productIds.length === 0) return [];
  return query<KnownVariant>(
    `import.variants${lock ? ' locked' : ''}`,
    `select variants.id, sku, handle, options, variants.active, price.amount, on_hand as "onHand", reserved
     from variants join products on products.id = product_id
     join stock_levels level on variant_id = variants.id and location_id = $2
     left join ${priceInForce('variants.id', '$3', 'amount::float8')} as price on true
     where product_id = any($1::uuid[]) order by variants.id
     ${lock ? 'for no key update of variants, level' : ''}`,
    [productIds, MAIN_LOCATION, storefrontId],
  );
}
