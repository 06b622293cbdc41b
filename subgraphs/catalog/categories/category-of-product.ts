import type { Query } from '@waybill/kernel/database.js';
import { CATEGORY_COLUMNS, type CategoryRow, categoryIds } from './category.js';

/** The category that a product stands in now, kept likewise; null where it stands in none. */
export async function holdCategoryOf(query: Query, productId: string): Promise<CategoryRow | null> {
  const [row] = await query<CategoryRow>(
    'categories.holdOf',
    `select ${CATEGORY_COLUMNS} from categories join products on categories.id = category_id
     where products.id = $1 for share of categories`,
    [productId],
  );
  return row ?? null;
}

/**
 * The category that a product is put in, kept from moving until the product stands there. Categories are locked before
 * products, by edits of products as by moves of categories. Undefined where there is none.
 */
export async function holdCategory(query: Query, id: string): Promise<CategoryRow | undefined> {
  const uuid = categoryIds.decode(id);
  if (!uuid) return undefined;
  const [row] = await query<CategoryRow>(
    'categories.hold',
    `select ${CATEGORY_COLUMNS} from categories where id = $1 for share`,
    [uuid],
  );
  return row;
}
