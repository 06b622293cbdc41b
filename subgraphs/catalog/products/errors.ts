import { userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { registerEnumType } from 'type-graphql';

export enum CatalogErrorCode {
  NOT_FOUND = 'NOT_FOUND',
  SKU_TAKEN = 'SKU_TAKEN',
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
    NOT_FOUND: { description: 'There is no such product.' },
    SKU_TAKEN: { description: 'Another product has this SKU.' },
    DUPLICATE_SKU: { description: 'The same SKU stands in an earlier row of this import.' },
    INVALID_TEXT: {
      description: 'The text is empty, too long, or has control characters in it.',
    },
    INVALID_PRICE: {
      description: 'No decimal number of 0 or more with at most the digits of the currency.',
    },
    INVALID_CURRENCY: { description: 'This is no ISO 4217 currency code.' },
    CURRENCY_FIXED: { description: 'The product is sold in another currency, which stays.' },
    INVALID_STOCK: { description: 'Stock is counted in whole units, from 0 to 2,147,483,647.' },
    STOCK_BELOW_RESERVED: { description: 'More units are reserved for orders than that.' },
    TOO_MANY_PRODUCTS: { description: 'More products than one call may import.' },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
  },
});

export const CatalogUserError = userErrorOf<CatalogErrorCode>(
  'CatalogUserError',
  () => CatalogErrorCode,
);
