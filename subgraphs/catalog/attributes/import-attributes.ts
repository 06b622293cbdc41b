import type { Query } from '@waybill/kernel/database.js';
import { type CategoryTree, placesAbove } from '../categories/import-categories.js';
import type { AttributeSchema } from './attribute-schema.js';
import { schemasOf } from './schemas.js';

/**
 * The schemas that the products of a category must fit, by its titles from the top; of one that is yet to be made, those of
 * what it will stand below.
 */
export async function schemasByPlace(
  query: Query,
  tree: CategoryTree,
): Promise<(category: string | null) => AttributeSchema[]> {
  const schemas = await schemasOf(query, [...tree.values()]);
  return (category) => {
    const place = category && placesAbove(category).findLast((each) => tree.has(each));
    return schemas.get((place && tree.get(place)?.id) || '') ?? [];
  };
}
