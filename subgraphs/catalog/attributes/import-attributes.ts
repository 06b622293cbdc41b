import type { Query } from '@waybill/kernel/database.js';
import type { CategoryRow } from '../categories/category.js';
import { handleOfSku } from '../products/handle.js';
import {
  type ImportErrors,
  type ImportRow,
  type KnownVariant,
  rowPath,
} from '../products/import-rows.js';
import { errorsBy } from './product-attributes.js';
import { schemasOf } from './schemas.js';

/**
 * Errors of rows whose product would not fit the schemas of its category, by the index of the row. The first row of a
 * product tells its category and attributes; of the others only attributes that they give are looked at.
 */
export async function unfitRows(
  query: Query,
  rows: readonly ImportRow[],
  known: ReadonlyMap<string, KnownVariant>,
  categories: ReadonlyMap<string, CategoryRow>,
): Promise<Map<number, ImportErrors>> {
  const schemas = await schemasOf(query, [...categories.values()]);
  const unfit = new Map<number, ImportErrors>();
  const seen = new Set<string>();
  for (const row of rows) {
    const before = known.get(row.sku);
    const handle = before?.handle ?? row.handle ?? handleOfSku(row.sku);
    if (seen.has(handle) && row.attributes === null) continue;
    const category = row.category === null ? undefined : categories.get(row.category);
    const attributes = row.attributes ?? before?.attributes ?? {};
    const errors = errorsBy(schemas.get(category?.id ?? '') ?? [], attributes, rowPath(row.index));
    if (errors.length > 0) unfit.set(row.index, errors);
    else seen.add(handle);
  }
  return unfit;
}
