import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { unfitRows } from '../attributes/import-attributes.js';
import type { CategoryRow } from '../categories/category.js';
import { importCategories } from '../categories/import-categories.js';
import { MAIN_LOCATION } from '../locations/main-location.js';
import { importPrices } from '../prices/import-prices.js';
import type { Seller } from '../storefronts/seller.js';
import { variantTitle } from '../variants/option.js';
import { handleOfSku } from './handle.js';
import {
  type ImportRow,
  type KnownVariant,
  notAdded,
  type PlannedRow,
  planRows,
} from './import-rows.js';
import { addVariants, changeVariants } from './import-variants.js';
import { refreshProducts } from './refresh-products.js';

/**
 * Writes good rows. Products come and are locked before variants, and each by its key, as everywhere: imports, edits and
 * reservations never wait for each other in a circle, and what somebody else is just adding is waited for and then known.
 */
export async function writeImport(query: Query, rows: ImportRow[], seller: Seller) {
  const { actor } = seller;
  const categories = await importCategories(
    query,
    rows.map(({ category }) => category),
  );
  const created = await addProducts(query, rows, seller);
  const productIds = await lockProducts(query, rows);
  const siblings = await lockVariants(query, productIds);
  const known = new Map(siblings.map((variant) => [variant.sku, variant]));
  const unfit = await unfitRows(query, rows, known, categories);
  const fit = rows.filter(({ index }) => !unfit.has(index));
  const { planned, errors } = planRows(fit, known, siblings);
  await changeProducts(query, planned, categories);
  const added = await addVariants(
    query,
    planned.filter((row) => row.isNew),
    actor,
  );
  const written = planned.filter(({ isNew, sku }) => !isNew || added.has(sku));
  await changeVariants(
    query,
    written.filter((row) => !row.isNew),
    actor,
  );
  await publishFirst(query, written, seller);
  await importPrices(query, written, seller);
  await refreshProducts(query, productIds);
  await removeEmpty(query, created);
  return {
    written,
    errors: [...[...unfit.values()].flat(), ...errors, ...notAdded(planned, added)],
  };
}

/** Products for SKUs that are not known, one for each handle, published in the storefront; answers the new ones. */
async function addProducts(
  query: Query,
  rows: ImportRow[],
  { storefront }: Seller,
): Promise<string[]> {
  const products = rows.map(({ sku, handle, title, description }) => ({
    id: newId(),
    sku,
    handle: handle ?? handleOfSku(sku),
    title,
    description,
  }));
  const added = await query<{ id: string }>(
    'import.addProducts',
    `insert into products (id, handle, title, description, active, published_in)
     select distinct on (handle collate "C") id, handle, title, description, false, array[$2::uuid]
     from rows from (json_to_recordset($1) as
         (id uuid, sku text, handle text, title text, description text))
       with ordinality as row (id, sku, handle, title, description, n)
     where not exists (select from variants where variants.sku = row.sku)
     order by handle collate "C", n
     on conflict (handle) do nothing
     returning id`,
    [JSON.stringify(products), storefront.id],
  );
  return added.map(({ id }) => id);
}

/** Locks the products of all rows; answers their ids. */
async function lockProducts(query: Query, rows: ImportRow[]): Promise<string[]> {
  const products = await query<{ id: string }>(
    'import.lockProducts',
    `select id from products
     where id in (select id from products where handle = any($1::text[])
                  union select product_id from variants where sku = any($2::text[]))
     order by id for no key update`,
    [rows.map(({ sku, handle }) => handle ?? handleOfSku(sku)), rows.map(({ sku }) => sku)],
  );
  return products.map(({ id }) => id);
}

/** Locks with them what the main location has, by id, as the stock commands do. */
function lockVariants(query: Query, productIds: string[]): Promise<KnownVariant[]> {
  return query<KnownVariant>(
    'import.lockVariants',
    `select sku, handle, attributes, options, on_hand as "onHand", reserved
     from variants join products on products.id = product_id
     join stock_levels level on variant_id = variants.id and location_id = $2
     where product_id = any($1::uuid[]) order by variants.id for no key update of variants, level`,
    [productIds, MAIN_LOCATION],
  );
}

/** Of several rows of a product the first says what it is called, and about it; all its variants follow. */
async function changeProducts(
  query: Query,
  rows: ImportRow[],
  categories: ReadonlyMap<string, CategoryRow>,
): Promise<void> {
  const products = rows.map(({ handle, title, description, attributes, category }) => ({
    handle,
    attributes,
    title,
    description,
    categoryId: category && categories.get(category)?.id,
  }));
  await query(
    'import.changeProducts',
    `with changed as (
     update products
     set title = row.title, description = coalesce(row.description, products.description),
         attributes = coalesce(row.attributes, products.attributes), category_id = row."categoryId", category_path = coalesce(path, '{}'), updated_at = now()
     from (
       select distinct on (handle) * from rows from (json_to_recordset($1) as
           (handle text, title text, description text, attributes jsonb, "categoryId" uuid))
         with ordinality as row (handle, title, description, attributes, "categoryId", n)
       order by handle, n) as row
     left join categories on categories.id = row."categoryId"
     where products.handle = row.handle
       and (products.title, products.description, products.attributes, products.category_id) is distinct from
         (row.title, coalesce(row.description, products.description),
          coalesce(row.attributes, products.attributes), row."categoryId")
     returning products.id, products.title
     )
     update variants set title = ${variantTitle('changed.title', 'variants.options')}, updated_at = now()
     from changed
     where product_id = changed.id
       and variants.title <> ${variantTitle('changed.title', 'variants.options')}`,
    [JSON.stringify(products)],
  );
}

/** Publishes what was known and has had no price in the storefront; what was taken out of it stays out. */
async function publishFirst(
  query: Query,
  rows: PlannedRow[],
  { storefront }: Seller,
): Promise<void> {
  await query(
    'import.publish',
    `update products set published_in = array_append(published_in, $2::uuid)
     where id in (select product_id from variants where sku = any($1::text[]))
       and not published_in @> array[$2::uuid]
       and not exists (
         select from prices join variants on variants.id = variant_id
         where product_id = products.id and storefront_id = $2)`,
    [rows.map(({ sku }) => sku), storefront.id],
  );
}

/** A product all of whose rows were refused is none. */
async function removeEmpty(query: Query, productIds: string[]): Promise<void> {
  if (productIds.length === 0) return;
  await query(
    'import.removeEmpty',
    `delete from products where id = any($1::uuid[])
       and not exists (select from variants where product_id = products.id)`,
    [productIds],
  );
}
