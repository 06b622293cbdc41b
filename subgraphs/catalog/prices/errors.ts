import { type UserError, userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { oncePerKey } from '@waybill/kernel/idempotency.js';
import { registerEnumType } from 'type-graphql';

export enum PriceErrorCode {
  NOT_FOUND = 'NOT_FOUND',
  UNKNOWN_STOREFRONT = 'UNKNOWN_STOREFRONT',
  INVALID_PRICE = 'INVALID_PRICE',
  INVALID_TIME = 'INVALID_TIME',
  INVALID_TEXT = 'INVALID_TEXT',
  DUPLICATE_LINE = 'DUPLICATE_LINE',
  TOO_MANY_PRICES = 'TOO_MANY_PRICES',
  ALREADY_IN_FORCE = 'ALREADY_IN_FORCE',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
}

registerEnumType(PriceErrorCode, {
  name: 'PriceErrorCode',
  description: 'Why something about prices could not be done.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such SKU, or no such price.' },
    UNKNOWN_STOREFRONT: { description: 'There is no such storefront, or you do not work for it.' },
    INVALID_PRICE: {
      description:
        "No decimal number of 0 or more with at most the digits of the storefront's currency.",
    },
    INVALID_TIME: { description: 'A price comes into force now or later, not before.' },
    INVALID_TEXT: {
      description: 'The text is empty, too long, or has control characters in it.',
    },
    DUPLICATE_LINE: { description: 'An earlier line says the same SKU and time.' },
    TOO_MANY_PRICES: { description: 'One call sets 1 to 10,000 prices.' },
    ALREADY_IN_FORCE: { description: 'The price has come into force: set another one.' },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
  },
});

export type PriceError = UserError<PriceErrorCode>;

export const PriceUserError = userErrorOf<PriceErrorCode>('PriceUserError', () => PriceErrorCode);

/** Carries out a mutation of prices once per `idempotencyKey`. */
export const once = oncePerKey<PriceErrorCode>({
  conflict: PriceErrorCode.IDEMPOTENCY_CONFLICT,
  badKey: PriceErrorCode.INVALID_TEXT,
});
