import { type UserError, userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { oncePerKey } from '@waybill/kernel/idempotency.js';
import { registerEnumType } from 'type-graphql';

export enum QuoteErrorCode {
  FORBIDDEN = 'FORBIDDEN',
  UNKNOWN_STOREFRONT = 'UNKNOWN_STOREFRONT',
  UNKNOWN_SKU = 'UNKNOWN_SKU',
  INVALID_LINES = 'INVALID_LINES',
  INVALID_QUANTITY = 'INVALID_QUANTITY',
  INVALID_PRICE = 'INVALID_PRICE',
  PRICE_TOO_LOW = 'PRICE_TOO_LOW',
  REASON_REQUIRED = 'REASON_REQUIRED',
  INVALID_ACCOUNT = 'INVALID_ACCOUNT',
  INVALID_TIME = 'INVALID_TIME',
  INVALID_TEXT = 'INVALID_TEXT',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
}

registerEnumType(QuoteErrorCode, {
  name: 'QuoteErrorCode',
  description: 'Why there is no quote.',
  valuesConfig: {
    FORBIDDEN: { description: 'Your role does not allow this.' },
    UNKNOWN_STOREFRONT: { description: 'There is no such storefront, or it is not yours.' },
    UNKNOWN_SKU: { description: 'Nothing of this SKU is for sale in the storefront.' },
    INVALID_LINES: { description: 'A quote has 1 to 500 lines.' },
    INVALID_QUANTITY: { description: 'A quantity is a whole number from 1 to 1,000,000.' },
    INVALID_PRICE: { description: 'A price is a decimal that fits the currency, 0 or more.' },
    PRICE_TOO_LOW: { description: 'You may not quote so much less than the price in force.' },
    REASON_REQUIRED: { description: 'A price of your own needs a reason.' },
    INVALID_ACCOUNT: { description: 'A quote is for one customer or one partner.' },
    INVALID_TIME: { description: 'A quote expires within a year from now.' },
    INVALID_TEXT: { description: 'The text is too long, or has control characters in it.' },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
  },
});

export type QuoteError = UserError<QuoteErrorCode>;

export const QuoteUserError = userErrorOf<QuoteErrorCode>('QuoteUserError', () => QuoteErrorCode);

/** Carries out a mutation of quotes once per `idempotencyKey`. */
export const once = oncePerKey<QuoteErrorCode>({
  conflict: QuoteErrorCode.IDEMPOTENCY_CONFLICT,
  badKey: QuoteErrorCode.INVALID_TEXT,
});
