import type { Query } from '@waybill/kernel/database.js';
import { recordAccessChange } from '../access/record-access-change.js';
import { AuditAction } from '../audit-log/audit-action.js';
import { recordAudit } from '../audit-log/record-audit.js';
import { userIds } from '../graphql/user.js';
import { requestMail } from '../mail/account-mail.js';
import { forgive } from '../throttling/throttle.js';
import { logInThrottle } from '../throttling/throttles.js';

/** What everybody who has gone is called. */
const NOBODY = 'Deleted user';

/** All that is kept of the person here, answers under idempotency keys included. */
const TRACES = [
  'delete from addresses where user_id = $1',
  'delete from sessions where user_id = $1',
  `delete from account_mails where user_id = $1 and kind <> 'ACCOUNT_CLOSED'`,
  `delete from idempotency_keys where owner = 'user:' || $1::uuid or strpos(answer::text, $1::uuid::text) > 0`,
];

export interface ClosedAccount {
  userId: string;
  /** Null for whom the issuer told none. */
  email: string | null;
  address?: string | undefined;
}

/**
 * The person goes; what is left is a row that orders can refer to. The other contexts are told by the clock. In a
 * transaction.
 */
export async function closeAccount(
  query: Query,
  { userId, email, address }: ClosedAccount,
): Promise<void> {
  await query(
    'users.close',
    `update users set name = $2, email = null, password_hash = null, roles = '{CUSTOMER}', external_id = null, issuer = null, subject = null,
       country = null, email_verified_at = null, unwanted_mail = '{}', closed_at = now()
     where id = $1`,
    [userId, NOBODY],
  );
  await forgetTraces(query, userId);
  if (email !== null) await forgive(query, logInThrottle(email));
  await query('erasures.request', 'insert into erasures (user_id) values ($1)', [userId]);
  await recordAccessChange(query, { kind: 'USER_CLOSED', userId });
  if (email !== null) await requestMail(query, { kind: 'ACCOUNT_CLOSED', userId, email });
  await recordAudit(query, {
    actor: `user:${userId}`,
    action: AuditAction.ACCOUNT_CLOSED,
    subject: userIds.encode(userId),
    address,
  });
}

/** Deletes all that is about somebody, whose account is closed; the mail that says so stays. In a transaction. */
export async function forgetTraces(query: Query, userId: string): Promise<void> {
  for (const [i, text] of TRACES.entries()) await query(`users.forget-${i}`, text, [userId]);
}
