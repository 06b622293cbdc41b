import { type UserError, userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { oncePerKey } from '@waybill/kernel/idempotency.js';
import { registerEnumType } from 'type-graphql';

export enum StockErrorCode {
  FORBIDDEN = 'FORBIDDEN',
  NOT_FOUND = 'NOT_FOUND',
  CODE_TAKEN = 'CODE_TAKEN',
  INVALID_CODE = 'INVALID_CODE',
  INVALID_TEXT = 'INVALID_TEXT',
  INVALID_COUNTRY = 'INVALID_COUNTRY',
  INVALID_PRIORITY = 'INVALID_PRIORITY',
  INVALID_QUANTITY = 'INVALID_QUANTITY',
  EXPECTED_WHEN = 'EXPECTED_WHEN',
  SAME_LOCATION = 'SAME_LOCATION',
  LOCATION_NOT_FOUND = 'LOCATION_NOT_FOUND',
  DUPLICATE_LINE = 'DUPLICATE_LINE',
  STOCK_BELOW_RESERVED = 'STOCK_BELOW_RESERVED',
  TOO_MANY_LINES = 'TOO_MANY_LINES',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
}

registerEnumType(StockErrorCode, {
  name: 'StockErrorCode',
  description: 'Why something about stock or its locations could not be done.',
  valuesConfig: {
    FORBIDDEN: { description: 'Your role does not allow this.' },
    NOT_FOUND: { description: 'There is no such SKU, or no such location where one is changed.' },
    CODE_TAKEN: { description: 'Another location has this code.' },
    INVALID_CODE: {
      description: 'A code is 2 to 40 small letters, digits and single hyphens between them.',
    },
    INVALID_TEXT: {
      description: 'The text is empty, too long, or has control characters in it.',
    },
    INVALID_COUNTRY: { description: 'This is no ISO 3166-1 alpha-2 code.' },
    INVALID_PRIORITY: { description: 'A priority is a whole number from 0 to 10,000.' },
    INVALID_QUANTITY: {
      description: 'Stock is counted in whole units, at most 2,147,483,647 of them.',
    },
    EXPECTED_WHEN: { description: 'What can be preordered must say when it is expected.' },
    SAME_LOCATION: { description: 'Units cannot go where they are.' },
    LOCATION_NOT_FOUND: { description: 'There is no location with this code.' },
    DUPLICATE_LINE: { description: 'An earlier line has the same SKU at the same location.' },
    STOCK_BELOW_RESERVED: { description: 'More units are reserved for orders there.' },
    TOO_MANY_LINES: { description: 'No line, or more lines than one call may have.' },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
  },
});

export type StockError = UserError<StockErrorCode>;

export const StockUserError = userErrorOf<StockErrorCode>('StockUserError', () => StockErrorCode);

/** Carries out a mutation of stock or locations once per `idempotencyKey`. */
export const once = oncePerKey<StockErrorCode>({
  conflict: StockErrorCode.IDEMPOTENCY_CONFLICT,
  badKey: StockErrorCode.INVALID_TEXT,
});
