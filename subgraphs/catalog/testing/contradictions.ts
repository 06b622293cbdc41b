import { brokenProducts } from '../attributes/schemas.js';
import { refreshProducts } from '../products/refresh-products.js';
import { variantTitle } from '../variants/option.js';
import type { TestCatalog } from './catalog.js';

/** Rows that must not be there, by what is wrong with them. */
const NONE = {
  'a category is not where its parent is': `
    select c.id from categories c left join categories above on above.id = c.parent_id
    where c.path <> coalesce(above.path, '{}') || c.id`,
  'a product is not where its category is': `
    select products.id from products left join categories c on c.id = category_id
    where category_path <> coalesce(path, '{}')`,
  'a product has no variants': `
    select id from products where not exists (select from variants where product_id = products.id)`,
  'a product is for sale, its variants not, or the reverse': `
    select id from products
    where active <> (select bool_or(active) from variants where product_id = products.id)`,
  'a variant is not called after its product': `
    select variants.id from variants join products on products.id = product_id
    where variants.title <> ${variantTitle('products.title', 'options')}`,
  'a level is not what its changes add up to': `
    select id from variants join stock_levels level on level.variant_id = id
    where on_hand <> (
      select coalesce(sum(delta), 0) from stock_changes change
      where change.variant_id = id and change.location_id = level.location_id)`,
};

/** What in a catalog that is at rest does not follow from the rest of it. */
export async function contradictions({ db: { query } }: TestCatalog): Promise<string[]> {
  const found: string[] = [];
  for (const [wrong, sql] of Object.entries(NONE)) {
    const rows = await query<{ id: string }>(`test.${wrong}`, sql);
    found.push(...rows.map(({ id }) => `${wrong}: ${id}`));
  }
  const categories = await query<{ id: string }>(
    'test.tops',
    'select id from categories where parent_id is null',
  );
  for (const { id } of categories) {
    const broken = await brokenProducts(query, id);
    found.push(...broken.map(({ handle, what }) => `${handle} does not fit: ${what}`));
  }
  const before = await documents(query);
  await refreshProducts(
    query,
    before.map(({ id }) => id),
  );
  const stale = (await documents(query)).filter(
    ({ document }, i) => document !== before[i]?.document,
  );
  return [...found, ...stale.map(({ id, document }) => `${id} is not found by ${document}`)];
}

const documents = (query: TestCatalog['db']['query']) =>
  query<{ id: string; document: string }>(
    'test.documents',
    `select id, words || ' ' || search::text as document from products order by id`,
  );
