import type { Query } from '@waybill/kernel/database.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { CatalogErrorCode } from '../products/errors.js';
import { type AttributeSchema, type Attributes, attributeProblems } from './attribute-schema.js';
import { schemasOf } from './schemas.js';

type Where = { id: string; path: string[] } | null;

/** What is wrong with the attributes of a product that stands in a category, which the caller keeps from changing. */
export async function attributeErrors(
  query: Query,
  category: Where,
  attributes: Attributes,
): Promise<UserError<CatalogErrorCode>[]> {
  const schemas = await schemasOf(query, category ? [category] : []);
  return errorsBy(schemas.get(category?.id ?? '') ?? [], attributes, []);
}

/** The same by schemas at hand; `at` leads to what has the attributes. */
export function errorsBy(
  schemas: AttributeSchema[],
  attributes: Attributes,
  at: string[],
): UserError<CatalogErrorCode>[] {
  return attributeProblems(schemas, attributes).map(({ path, message }) => {
    const field = ['attributes', ...path];
    return userError(CatalogErrorCode.INVALID_ATTRIBUTES, `${field.join('.')} ${message}.`, [
      ...at,
      ...field,
    ]);
  });
}
