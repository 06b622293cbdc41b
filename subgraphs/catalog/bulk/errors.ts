import { type UserError, userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { oncePerKey } from '@waybill/kernel/idempotency.js';
import { registerEnumType } from 'type-graphql';

export enum BulkErrorCode {
  NOT_FOUND = 'NOT_FOUND',
  UNKNOWN_STOREFRONT = 'UNKNOWN_STOREFRONT',
  LOCATION_NOT_FOUND = 'LOCATION_NOT_FOUND',
  INVALID_TEXT = 'INVALID_TEXT',
  NOT_CHECKED = 'NOT_CHECKED',
  LINES_WRONG = 'LINES_WRONG',
  CHANGED_SINCE = 'CHANGED_SINCE',
  ALREADY_APPLIED = 'ALREADY_APPLIED',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
}

registerEnumType(BulkErrorCode, {
  name: 'BulkErrorCode',
  description: 'Why something about a bulk import or export could not be done.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such import.' },
    UNKNOWN_STOREFRONT: { description: 'There is no such storefront, or you do not work for it.' },
    LOCATION_NOT_FOUND: { description: 'There is no location with this code.' },
    INVALID_TEXT: {
      description: 'The text is empty, too long, or has control characters in it.',
    },
    NOT_CHECKED: { description: 'No file has come that could be read.' },
    LINES_WRONG: { description: 'Lines are wrong: mend them, or say `skipWrong`.' },
    CHANGED_SINCE: {
      description:
        'The catalog has changed, and the file would do something else than was shown: check it again.',
    },
    ALREADY_APPLIED: {
      description:
        'It has been applied; or the same file has, and what it adds to the stock would count twice.',
    },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
  },
});

export type BulkError = UserError<BulkErrorCode>;

export const BulkUserError = userErrorOf<BulkErrorCode>('BulkUserError', () => BulkErrorCode);

/** Carries out a mutation of imports and exports once per `idempotencyKey`. */
export const once = oncePerKey<BulkErrorCode>({
  conflict: BulkErrorCode.IDEMPOTENCY_CONFLICT,
  badKey: BulkErrorCode.INVALID_TEXT,
});
