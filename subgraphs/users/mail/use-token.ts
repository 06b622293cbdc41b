import type { Query } from '@waybill/kernel/database.js';
import type { AccountMailKind } from '@waybill/schema/commands.js';
import { holdAccount } from '../accounts/hold-account.js';
import { tokenHash } from '../secret-token.js';

export interface UsedToken {
  kind: AccountMailKind;
  userId: string;
  /** The address that the mail with the token went to. */
  email: string;
}

/** Whether the token of a mail is good; it stays so. */
export async function isTokenGood(
  query: Query,
  token: string,
  kinds: AccountMailKind[],
): Promise<boolean> {
  const found = await query(
    'mails.token',
    `select 1 from account_mails where token_hash = $1 and kind = any($2)
       and used_at is null and token_expires_at > now()`,
    [tokenHash(token), kinds],
  );
  return found.length > 0;
}

/**
 * Uses the token of a mail up, and every other of the same kind that the person was sent; undefined for a bad one. In a
 * transaction, until whose end the account stays as it is.
 */
export async function useToken(
  query: Query,
  token: string,
  kinds: AccountMailKind[],
): Promise<UsedToken | undefined> {
  const hash = tokenHash(token);
  const [mail] = await query<{ userId: string }>(
    'mails.owner-of-token',
    'select user_id as "userId" from account_mails where token_hash = $1 and user_id is not null',
    [hash],
  );
  if (!mail || !(await holdAccount(query, mail.userId))) return undefined;
  const [used] = await query<UsedToken>(
    'mails.use-token',
    `update account_mails set used_at = now() where token_hash = $1 and kind = any($2)
       and used_at is null and token_expires_at > now()
     returning kind, user_id as "userId", email`,
    [hash, kinds],
  );
  if (used) await voidTokens(query, used.userId, [used.kind]);
  return used;
}

/** The tokens that somebody was sent are good for nothing any more. */
export async function voidTokens(
  query: Query,
  userId: string,
  kinds: AccountMailKind[],
): Promise<void> {
  await query(
    'mails.void-tokens',
    `update account_mails set used_at = now()
     where user_id = $1 and kind = any($2) and used_at is null`,
    [userId, kinds],
  );
}
