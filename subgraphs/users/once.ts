import type { Database } from '@waybill/kernel/database.js';
import { type Asked, oncePerKey } from '@waybill/kernel/idempotency.js';
import type { UsersContext } from './context.js';
import { type UsersError, UsersErrorCode } from './graphql/errors.js';

const oncePer = oncePerKey<UsersErrorCode>({
  conflict: UsersErrorCode.IDEMPOTENCY_CONFLICT,
  badKey: UsersErrorCode.INVALID_TEXT,
});

/** Carries out a mutation of this context once per `idempotencyKey`. */
export function once<Answer extends { errors: UsersError[] }>(
  { accounts: { db }, identity }: UsersContext,
  asked: Asked<Answer>,
  effect: (db: Database) => Promise<Answer>,
): Promise<Answer> {
  return oncePer({ db, identity }, asked, effect);
}
