import type { UserError } from '@waybill/kernel/graphql/user-error.js';
import type { CatalogErrorCode } from '../products/errors.js';
import { type ProductVariant, toVariant, type VariantRow } from './variant.js';

/** What a change of one variant led to: the variant as it is now, or why there is none. */
export interface StoredVariant {
  variant: VariantRow | null;
  errors: UserError<CatalogErrorCode>[];
}

export function presentVariant({ variant, errors }: StoredVariant): {
  variant: ProductVariant | null;
  userErrors: UserError<CatalogErrorCode>[];
} {
  return { variant: variant && toVariant(variant), userErrors: errors };
}

export function refused(errors: UserError<CatalogErrorCode>[]): StoredVariant {
  return { variant: null, errors };
}
