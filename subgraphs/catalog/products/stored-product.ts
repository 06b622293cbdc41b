import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { CatalogErrorCode } from './errors.js';
import { type Product, type ProductRow, toProduct } from './product.js';

/** What a change of one product led to: the product as it is now, or why there is none. */
export interface StoredProduct {
  product: ProductRow | null;
  errors: UserError<CatalogErrorCode>[];
}

export function presentProduct({ product, errors }: StoredProduct): {
  product: Product | null;
  userErrors: UserError<CatalogErrorCode>[];
} {
  return { product: product && toProduct(product), userErrors: errors };
}

export const noCategory = () =>
  userError(CatalogErrorCode.NOT_FOUND, 'No such category.', ['categoryId']);

export function refused(errors: UserError<CatalogErrorCode>[]): StoredProduct {
  return { product: null, errors };
}
