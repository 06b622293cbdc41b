import { userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { registerEnumType } from 'type-graphql';

export enum CatalogErrorCode {
  NOT_FOUND = 'NOT_FOUND',
  UNKNOWN_STOREFRONT = 'UNKNOWN_STOREFRONT',
  SKU_TAKEN = 'SKU_TAKEN',
  HANDLE_TAKEN = 'HANDLE_TAKEN',
  OPTIONS_TAKEN = 'OPTIONS_TAKEN',
  PRODUCT_FIXED = 'PRODUCT_FIXED',
  INVALID_VARIANTS = 'INVALID_VARIANTS',
  INVALID_ATTRIBUTES = 'INVALID_ATTRIBUTES',
  DUPLICATE_SKU = 'DUPLICATE_SKU',
  INVALID_TEXT = 'INVALID_TEXT',
  INVALID_PRICE = 'INVALID_PRICE',
  INVALID_CURRENCY = 'INVALID_CURRENCY',
  CURRENCY_FIXED = 'CURRENCY_FIXED',
  INVALID_STOCK = 'INVALID_STOCK',
  STOCK_BELOW_RESERVED = 'STOCK_BELOW_RESERVED',
  TOO_MANY_PRODUCTS = 'TOO_MANY_PRODUCTS',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
}

registerEnumType(CatalogErrorCode, {
  name: 'CatalogErrorCode',
  description: 'Why something about products could not be done.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such product, or no such SKU.' },
    UNKNOWN_STOREFRONT: { description: 'There is no such storefront, or you do not work for it.' },
    SKU_TAKEN: { description: 'Another variant has this SKU.' },
    HANDLE_TAKEN: { description: 'Another product has this handle.' },
    OPTIONS_TAKEN: { description: 'Another variant of the product has the same options.' },
    PRODUCT_FIXED: { description: 'The SKU belongs to another product, where it stays.' },
    INVALID_ATTRIBUTES: {
      description: 'An attribute does not fit the schemas of the category; the field leads to it.',
    },
    INVALID_VARIANTS: {
      description:
        'A product has 1 to 100 variants, each with at most 5 options of different names.',
    },
    DUPLICATE_SKU: { description: 'The same SKU stands earlier in this request.' },
    INVALID_TEXT: {
      description: 'The text is empty, too long, or has control characters in it.',
    },
    INVALID_PRICE: {
      description: 'No decimal number of 0 or more with at most the digits of the currency.',
    },
    INVALID_CURRENCY: { description: 'This is no ISO 4217 currency code.' },
    CURRENCY_FIXED: { description: 'The storefront sells in another currency.' },
    INVALID_STOCK: { description: 'Stock is counted in whole units, from 0 to 2,147,483,647.' },
    STOCK_BELOW_RESERVED: { description: 'More units are reserved for orders than that.' },
    TOO_MANY_PRODUCTS: { description: 'More rows than one call may import.' },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
  },
});

export const CatalogUserError = userErrorOf<CatalogErrorCode>(
  'CatalogUserError',
  () => CatalogErrorCode,
);
