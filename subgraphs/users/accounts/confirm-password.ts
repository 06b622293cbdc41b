import { unauthenticated } from '@waybill/kernel/errors.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { callerId, type UsersContext } from '../context.js';
import {
  type AccountPayload,
  accountPayload,
  notDone,
  tooManyAttempts,
} from '../graphql/account-payload.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';
import { closedUntil, countAttempt, forgive, type Throttle } from '../throttling/throttle.js';
import { logInThrottle } from '../throttling/throttles.js';

/** Who asks, by their own word and by password: what a stolen session must not do alone. */
export interface Confirmed {
  userId: string;
  email: string;
  /** Whether the password is right. */
  isRight: boolean;
  /** What the password was held against; see holdAccount. */
  provedHash: string | null;
  /** Where it is wrong: counts the attempt, and answers what to say. */
  refuse(): Promise<AccountPayload>;
}

/**
 * Compares the password of who is logged in, or answers when to try again. Wrong ones count as wrong log-ins do. Throws
 * UNAUTHENTICATED where there is no account with a password.
 */
export async function confirmPassword(
  ctx: UsersContext,
  password: string,
  field: string,
): Promise<Confirmed | Date> {
  const userId = callerId(ctx);
  const { db, passwords } = ctx.accounts;
  const [user] = await db.query<{ email: string; hash: string }>(
    'users.credentials',
    `select email, password_hash as hash from users
     where id = $1 and email is not null and password_hash is not null`,
    [userId],
  );
  if (!user) throw unauthenticated();
  const throttle = logInThrottle(user.email);
  const before = await closedUntil(db.query, [throttle]);
  if (before) return before;
  const matches = await passwords.verify(user.hash, password);
  const meanwhile = await closedUntil(db.query, [throttle]);
  if (meanwhile) return meanwhile;
  if (matches) await forgive(db.query, throttle);
  return {
    userId,
    email: user.email,
    isRight: matches,
    provedHash: user.hash,
    refuse: () => refuse(ctx, throttle, field),
  };
}

async function refuse(
  { accounts }: UsersContext,
  throttle: Throttle,
  field: string,
): Promise<AccountPayload> {
  const retryAt = await countAttempt(accounts.db.query, [throttle]);
  return retryAt ? tooManyAttempts(retryAt) : accountPayload(notDone(wrongPassword(field)));
}

export function wrongPassword(field: string): UsersError {
  return userError(UsersErrorCode.INVALID_CREDENTIALS, 'This is not your password.', [field]);
}
