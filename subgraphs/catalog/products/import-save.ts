import type { Query } from '@waybill/kernel/database.js';
import type { Seller } from '../storefronts/seller.js';
import { variantTitle } from '../variants/option.js';
import { isEdited, type PlannedProduct, type PlannedVariant } from './plan-import.js';
import { documentOf, optionValues, variantsOf } from './refresh-products.js';

/** Ids of categories by their titles from the top. */
export type CategoryIds = ReadonlyMap<string, { id: string }>;

/**
 * Adds products whole, with what they are found by: an index costs as much for a row that is written twice as for two.
 * Answers those that are new; a handle that is missing was just added by somebody else.
 */
export async function insertProducts(
  query: Query,
  products: readonly PlannedProduct[],
  variants: readonly PlannedVariant[],
  categories: CategoryIds,
  { storefront }: Seller,
): Promise<Array<{ id: string }>> {
  if (products.length === 0) return [];
  const ofProduct = Map.groupBy(variants, ({ product }) => product);
  const rows = products.map((product) => {
    const its = ofProduct.get(product) ?? [];
    return {
      ...valuesOf(product, categories),
      handle: product.handle,
      active: its.some(({ after }) => after.active),
      skus: its.map(({ sku }) => sku),
      options: its.map(({ after }) => after.options),
    };
  });
  return query('import.insertProducts', INSERT, [JSON.stringify(rows), storefront.id]);
}

const valuesOf = ({ id, after }: PlannedProduct, categories: CategoryIds) => ({
  ...after,
  id,
  categoryId: after.category === null ? null : categories.get(after.category)?.id,
});

const COLUMNS = `id uuid, title text, description text, attributes jsonb, "categoryId" uuid, published boolean`;

const INSERT = `
  insert into products (id, handle, title, description, active, attributes, category_id, category_path,
                        published_in, words, search)
  select row.id, row.handle, row.title, row.description, row.active, row.attributes, "categoryId", place.path,
    case when published then array[$2::uuid] else '{}' end, document.words, document.search
  from json_to_recordset($1) as row (${COLUMNS}, handle text, active boolean, skus json, options jsonb)
  left join categories on categories.id = "categoryId"
  cross join lateral (select coalesce(categories.path, '{}') as path) as place
  cross join lateral (
    select (select string_agg(sku, ' ' order by sku) from json_array_elements_text(row.skus) as sku) as skus,
      ${optionValues('row.options')} as options) as variant
  cross join ${documentOf({
    title: 'row.title',
    skus: 'variant.skus',
    options: 'variant.options',
    path: 'place.path',
    attributes: 'row.attributes',
    description: 'row.description',
  })}
  order by row.handle collate "C"
  on conflict (handle) do nothing returning id`;

/** Writes products that are there, once their variants are written, and has all their variants follow their titles. */
export async function saveProducts(
  query: Query,
  products: readonly PlannedProduct[],
  categories: CategoryIds,
  { storefront }: Seller,
): Promise<void> {
  if (products.length === 0) return;
  const rows = products.map((product) => ({
    ...valuesOf(product, categories),
    edited: isEdited(product),
  }));
  await query('import.saveProducts', SAVE, [JSON.stringify(rows), storefront.id]);
  const retitled = products.filter(({ before, after }) => before?.title !== after.title);
  if (retitled.length === 0) return;
  await query('import.retitle', RETITLE, [
    JSON.stringify(retitled.map(({ id, after: { title } }) => ({ id, title }))),
  ]);
}

const SAVE = `
  update products
  set title = made.title, description = made.description, attributes = made.attributes,
    category_id = made."categoryId", category_path = made.path,
    published_in = case when made.published = published_in @> array[$2::uuid] then published_in
      when made.published then array_append(published_in, $2::uuid) else array_remove(published_in, $2::uuid) end,
    active = made."isActive", words = made.words, search = made.search,
    updated_at = case when edited then now() else updated_at end
  from (
    select row.*, place.path, variant."isActive", document.words, document.search
    from json_to_recordset($1) as row (${COLUMNS}, edited boolean)
    left join categories on categories.id = "categoryId"
    cross join lateral (select coalesce(categories.path, '{}') as path) as place
    cross join ${variantsOf('row.id')}
    cross join ${documentOf({
      title: 'row.title',
      skus: 'variant.skus',
      options: 'variant.options',
      path: 'place.path',
      attributes: 'row.attributes',
      description: 'row.description',
    })}
  ) as made
  where products.id = made.id`;

const RETITLE = `
  update variants set title = ${variantTitle('row.title', 'variants.options')}, updated_at = now()
  from json_to_recordset($1) as row (id uuid, title text)
  where product_id = row.id and variants.title <> ${variantTitle('row.title', 'variants.options')}`;
