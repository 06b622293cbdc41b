import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { traceHeaders } from '@waybill/kernel/tracing.js';
import type { AccountMailKind } from '@waybill/schema/commands.js';

const HOUR = 3600;

/** Seconds for which the token in a mail is good; a mail of another kind has none. */
export const TOKEN_TTL_SECONDS: Partial<Record<AccountMailKind, number>> = {
  VERIFY_EMAIL: 72 * HOUR,
  CHANGE_EMAIL: 24 * HOUR,
  RESET_PASSWORD: HOUR,
};

export interface NewAccountMail {
  kind: AccountMailKind;
  /** Undefined where nobody has looked yet who has the address. */
  userId?: string;
  email: string;
}

/** Has a mail sent, as part of the transaction of `query`; wake the outbox when that is committed. */
export async function requestMail(query: Query, mail: NewAccountMail): Promise<void> {
  const { kind, userId = null, email } = mail;
  await query(
    'mails.request',
    `with mail as (
       insert into account_mails (id, kind, user_id, email) values ($1, $2, $3, $4) returning id
     ) insert into outbox (id, type, subject, data, traceparent)
       select id, 'user.mail_due', id, '{"notify": true}', $5 from mail`,
    [newId(), kind, userId, email, traceHeaders().traceparent ?? null],
  );
}
