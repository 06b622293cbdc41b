import { type UserError, userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { oncePerKey } from '@waybill/kernel/idempotency.js';
import { registerEnumType } from 'type-graphql';

export enum StorefrontErrorCode {
  FORBIDDEN = 'FORBIDDEN',
  NOT_FOUND = 'NOT_FOUND',
  CODE_TAKEN = 'CODE_TAKEN',
  INVALID_CODE = 'INVALID_CODE',
  INVALID_TEXT = 'INVALID_TEXT',
  INVALID_URL = 'INVALID_URL',
  INVALID_COLOUR = 'INVALID_COLOUR',
  INVALID_CURRENCY = 'INVALID_CURRENCY',
  CURRENCY_FIXED = 'CURRENCY_FIXED',
  INVALID_LOCALE = 'INVALID_LOCALE',
  INVALID_EMAIL = 'INVALID_EMAIL',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
}

registerEnumType(StorefrontErrorCode, {
  name: 'StorefrontErrorCode',
  description: 'Why something about storefronts could not be done.',
  valuesConfig: {
    FORBIDDEN: { description: 'Your role does not allow this.' },
    NOT_FOUND: { description: 'There is no such storefront.' },
    CODE_TAKEN: { description: 'Another storefront has this code.' },
    INVALID_CODE: {
      description: 'A code is 2 to 40 small letters, digits and single hyphens between them.',
    },
    INVALID_TEXT: {
      description: 'The text is empty, too long, or has control characters in it.',
    },
    INVALID_URL: { description: 'This is no http or https URL.' },
    INVALID_COLOUR: { description: 'A colour is # and six hexadecimal digits: "#1a2b3c".' },
    INVALID_CURRENCY: { description: 'This is no ISO 4217 currency code.' },
    CURRENCY_FIXED: { description: 'A storefront that has prices keeps its currency.' },
    INVALID_LOCALE: { description: 'This is no BCP 47 language tag: "en-GB".' },
    INVALID_EMAIL: { description: 'This is no email address.' },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
  },
});

export type StorefrontError = UserError<StorefrontErrorCode>;

export const StorefrontUserError = userErrorOf<StorefrontErrorCode>(
  'StorefrontUserError',
  () => StorefrontErrorCode,
);

/** Carries out a mutation of storefronts once per `idempotencyKey`. */
export const once = oncePerKey<StorefrontErrorCode>({
  conflict: StorefrontErrorCode.IDEMPOTENCY_CONFLICT,
  badKey: StorefrontErrorCode.INVALID_TEXT,
});
