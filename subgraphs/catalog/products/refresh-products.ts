import type { Query } from '@waybill/kernel/database.js';
import { plain } from '../search/words.js';

/**
 * Has products say of themselves what follows from their variants and categories: whether they are for sale, and what
 * they are found by. To be called after each change of products, variants or titles of categories.
 */
export async function refreshProducts(query: Query, productIds: readonly string[]): Promise<void> {
  if (productIds.length > 0) await query('products.refresh', REFRESH, [productIds]);
}

/** The values of a JSON object, also those in lists in it. */
const VALUES = `(
  select string_agg(value #>> '{}', ' ') from jsonb_path_query(attributes, '$.*[*]') as value
  where jsonb_typeof(value) in ('string', 'number'))`;

const TITLES = `(
  select string_agg(categories.title, ' ') from categories where categories.id = any(category_path))`;

const REFRESH = `
  with variant as (
    select product_id, bool_or(active) as is_active, string_agg(sku, ' ' order by sku) as skus,
      (select string_agg(distinct option ->> 'value', ' ')
       from jsonb_path_query(jsonb_agg(options), '$[*][*]') as option) as options
    from variants where product_id = any($1::uuid[]) group by 1
  ), text as (
    select id, is_active, ${plain(`concat_ws(' ', title, skus)`)} as name,
      ${plain(`concat_ws(' ', options, ${TITLES}, ${VALUES})`)} as kind,
      ${plain(`coalesce(description, '')`)} as description
    from products join variant on id = product_id
  ), document as (
    select id, is_active, concat_ws(' ', name, kind) as new_words,
      setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', kind), 'B')
        || setweight(to_tsvector('simple', description), 'D') as new_search
    from text
  )
  update products set active = is_active, words = new_words, search = new_search
  from document
  where products.id = document.id
    and (active, words, search) is distinct from (is_active, new_words, new_search)`;
