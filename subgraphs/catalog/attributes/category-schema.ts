import type { Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type CategoryError, CategoryErrorCode as Code } from '../categories/errors.js';
import { type AttributeSchema, schemaProblem } from './attribute-schema.js';
import { brokenProducts } from './schemas.js';

/** What is wrong with a schema as such. */
export function schemaErrors(schema: AttributeSchema | null | undefined): CategoryError[] {
  const problem = schema && schemaProblem(schema);
  if (!problem) return [];
  return [
    userError(Code.INVALID_SCHEMA, `This is no such schema: ${problem}.`, ['attributeSchema']),
  ];
}

/** A change after which products would not fit the schemas of their categories: nothing of it is to stay. */
export class ProductsBreak extends Error {
  constructor(readonly errors: CategoryError[]) {
    super('products do not fit');
  }
}

/** Rejects with ProductsBreak where a product in a category or below it does not fit; `field` is what was changed. */
export async function insistOnFit(query: Query, categoryId: string, field: string): Promise<void> {
  const broken = await brokenProducts(query, categoryId);
  if (broken.length === 0) return;
  const errors = broken.map(({ handle, what }) =>
    userError(Code.PRODUCTS_BREAK, `${handle}: ${what}.`, [field]),
  );
  throw new ProductsBreak(errors);
}
