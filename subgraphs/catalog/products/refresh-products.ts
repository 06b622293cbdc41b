import type { Query } from '@waybill/kernel/database.js';
import { plain } from '../search/words.js';

/**
 * Has products say of themselves what follows from their variants and categories: whether they are for sale, and what
 * they are found by. To be called after each change of products, variants or titles of categories.
 */
export async function refreshProducts(query: Query, productIds: readonly string[]): Promise<void> {
  if (productIds.length > 0) await query('products.refresh', REFRESH, [productIds]);
}

/** SQL for what a product is found by, from names of what it is made of; `skus` and `options` are texts. */
interface Sources {
  title: string;
  skus: string;
  options: string;
  path: string;
  attributes: string;
  description: string;
}

/** SQL of lateral items: `document` has the `words` of a product, and its `search`. `offset 0` has each text made once. */
export const documentOf = ({ title, skus, options, path, attributes, description }: Sources) => `
  lateral (
    select ${plain(`concat_ws(' ', ${title}, ${skus})`)} as name,
      ${plain(`concat_ws(' ', ${options}, ${titlesOf(path)}, ${valuesOf(attributes)})`)} as kind,
      ${plain(`coalesce(${description}, '')`)} as description
    offset 0
  ) as text cross join lateral (
    select concat_ws(' ', name, kind) as words,
      setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', kind), 'B')
        || setweight(to_tsvector('simple', text.description), 'D') as search
  ) as document`;

/** The values of a JSON object, also those in lists in it. */
const valuesOf = (attributes: string) => `(
  select string_agg(value #>> '{}', ' ') from jsonb_path_query(${attributes}, '$.*[*]') as value
  where jsonb_typeof(value) in ('string', 'number'))`;

const titlesOf = (path: string) => `(
  select string_agg(categories.title, ' ' order by cardinality(categories.path))
  from categories where categories.id = any(${path}))`;

/** The values of the options of variants: of a list of lists. */
export const optionValues = (options: string) => `(
  select string_agg(distinct option ->> 'value', ' ') from jsonb_path_query(${options}, '$[*][*]') as option)`;

/** SQL of a lateral item, by the name of a product's id: what follows from its variants. */
export const variantsOf = (id: string) => `
  lateral (
    select bool_or(active) as "isActive", string_agg(sku, ' ' order by sku) as skus,
      ${optionValues('jsonb_agg(options)')} as options
    from variants where product_id = ${id}
  ) as variant`;

const REFRESH = `
  update products set active = "isActive", words = made.words, search = made.search
  from (
    select id, "isActive", document.words, document.search
    from products, ${variantsOf('products.id')}, ${documentOf({
      title: 'title',
      skus: 'skus',
      options: 'options',
      path: 'category_path',
      attributes: 'attributes',
      description: 'products.description',
    })}
    where id = any($1::uuid[])
  ) as made
  where products.id = made.id
    and (active, products.words, products.search) is distinct from ("isActive", made.words, made.search)`;
