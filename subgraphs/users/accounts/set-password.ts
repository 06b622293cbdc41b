import type { Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { KEY_CONFLICT } from '@waybill/kernel/idempotency.js';
import { AuditAction } from '../audit-log/audit-action.js';
import { recordAudit } from '../audit-log/record-audit.js';
import type { Accounts } from '../context.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';
import { userIds } from '../graphql/user.js';
import { requestMail } from '../mail/account-mail.js';
import { voidTokens } from '../mail/use-token.js';
import { endSessions } from '../sessions/end-sessions.js';
import { closedUntil, countAttempt } from '../throttling/throttle.js';
import { logInThrottle } from '../throttling/throttles.js';

export interface NewPassword {
  userId: string;
  email: string;
  passwordHash: string;
  /** The session that goes on; every other ends. */
  keep?: string | undefined;
  address?: string | undefined;
}

/** A new password: whoever came in by the old one is out, and its owner hears of it. In a transaction. */
export async function setPassword(
  query: Query,
  { userId, email, passwordHash, keep, address }: NewPassword,
): Promise<void> {
  await query('users.setPassword', 'update users set password_hash = $2 where id = $1', [
    userId,
    passwordHash,
  ]);
  await endSessions(query, { userId, except: keep }, 'PASSWORD_CHANGED');
  await voidTokens(query, userId, ['RESET_PASSWORD']);
  await requestMail(query, { kind: 'PASSWORD_CHANGED', userId, email });
  await recordAudit(query, {
    actor: `user:${userId}`,
    action: AuditAction.PASSWORD_CHANGED,
    subject: userIds.encode(userId),
    address,
  });
}

/** Whether somebody's password is this one; wrong ones count as wrong log-ins do, and after too many it is none. */
export async function hasPassword(
  { db, passwords }: Pick<Accounts, 'db' | 'passwords'>,
  userId: string,
  password: string,
): Promise<boolean> {
  const [stored] = await db.query<{ email: string | null; hash: string | null }>(
    'users.passwordHash',
    'select email, password_hash as hash from users where id = $1',
    [userId],
  );
  const throttles = [logInThrottle(stored?.email ?? '')];
  if (await closedUntil(db.query, throttles)) return false;
  const matches = await passwords.verify(stored?.hash, password);
  if (!matches) await countAttempt(db.query, throttles);
  return matches && !(await closedUntil(db.query, throttles));
}

/** Keys are kept with a quick hash of the request, so that a password is no part of it: it is compared by its own. */
export function otherPassword(): UsersError {
  return userError(UsersErrorCode.IDEMPOTENCY_CONFLICT, KEY_CONFLICT, ['idempotencyKey']);
}
