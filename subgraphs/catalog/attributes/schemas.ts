import type { Query } from '@waybill/kernel/database.js';
import { type AttributeSchema, type Attributes, attributeProblems } from './attribute-schema.js';

/** The schemas that the products of categories must fit, by the id of the category: its own and those above it. */
export async function schemasOf(
  query: Query,
  categories: ReadonlyArray<{ id: string; path: string[] }>,
): Promise<Map<string, AttributeSchema[]>> {
  if (categories.length === 0) return new Map();
  const rows = await query<{ id: string; schema: AttributeSchema }>(
    'categories.schemas',
    `select id, attribute_schema as schema from categories
     where id = any($1::uuid[]) and attribute_schema is not null`,
    [[...new Set(categories.flatMap(({ path }) => path))]],
  );
  const byId = new Map(rows.map(({ id, schema }) => [id, schema]));
  return new Map(
    categories.map(({ id, path }) => [
      id,
      path.map((each) => byId.get(each)).filter((schema) => schema !== undefined),
    ]),
  );
}

/** Products that are reported where a change of a schema does not fit them. */
export const MAX_REPORTED = 20;
const PAGE = 1000;

export interface BrokenProduct {
  handle: string;
  /** What does not fit: `size must be string`. */
  what: string;
}

/** The first products in a category and below it that do not fit the schemas as they are now. */
export async function brokenProducts(query: Query, categoryId: string): Promise<BrokenProduct[]> {
  const broken: BrokenProduct[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (let full = true; full && broken.length < MAX_REPORTED; ) {
    const products = await productsBelow(query, categoryId, after);
    const categories = products.map(({ path }) => ({ id: path.at(-1) ?? '', path }));
    const schemas = await schemasOf(query, categories);
    for (const { handle, attributes, path } of products) {
      const [problem] = attributeProblems(schemas.get(path.at(-1) ?? '') ?? [], attributes);
      if (problem) broken.push({ handle, what: `${problem.path.join('.')} ${problem.message}` });
    }
    after = products.at(-1)?.id ?? after;
    full = products.length === PAGE;
  }
  return broken.slice(0, MAX_REPORTED);
}

function productsBelow(query: Query, categoryId: string, after: string) {
  return query<{ id: string; handle: string; attributes: Attributes; path: string[] }>(
    'products.below',
    `select id, handle, attributes, category_path as path from products
     where category_path @> array[$1::uuid] and id > $2 order by id limit $3`,
    [categoryId, after, PAGE],
  );
}
