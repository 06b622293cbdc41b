import { type UserError, userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { oncePerKey } from '@waybill/kernel/idempotency.js';
import { registerEnumType } from 'type-graphql';

export enum CategoryErrorCode {
  NOT_FOUND = 'NOT_FOUND',
  HANDLE_TAKEN = 'HANDLE_TAKEN',
  TITLE_TAKEN = 'TITLE_TAKEN',
  CYCLE = 'CYCLE',
  TOO_DEEP = 'TOO_DEEP',
  NOT_EMPTY = 'NOT_EMPTY',
  INVALID_SCHEMA = 'INVALID_SCHEMA',
  PRODUCTS_BREAK = 'PRODUCTS_BREAK',
  INVALID_HANDLE = 'INVALID_HANDLE',
  INVALID_TEXT = 'INVALID_TEXT',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
}

registerEnumType(CategoryErrorCode, {
  name: 'CategoryErrorCode',
  description: 'Why something about categories could not be done.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such category.' },
    HANDLE_TAKEN: { description: 'Another category has this handle.' },
    TITLE_TAKEN: { description: 'A category beside it has this title.' },
    CYCLE: { description: 'A category cannot stand below itself.' },
    TOO_DEEP: { description: 'The tree is at most 10 categories deep.' },
    NOT_EMPTY: { description: 'Products or other categories stand in it.' },
    INVALID_SCHEMA: { description: 'This is no JSON Schema (draft 2020-12) for an object.' },
    PRODUCTS_BREAK: {
      description: 'A product would not fit the schemas of its category; at most 20 are named.',
    },
    INVALID_HANDLE: {
      description: 'A handle is small letters and digits with single hyphens between them.',
    },
    INVALID_TEXT: {
      description: 'The text is empty, too long, or has control characters in it.',
    },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
  },
});

export type CategoryError = UserError<CategoryErrorCode>;

export const CategoryUserError = userErrorOf<CategoryErrorCode>(
  'CategoryUserError',
  () => CategoryErrorCode,
);

/** Carries out a mutation of categories once per `idempotencyKey`. */
export const once = oncePerKey<CategoryErrorCode>({
  conflict: CategoryErrorCode.IDEMPOTENCY_CONFLICT,
  badKey: CategoryErrorCode.INVALID_TEXT,
});
