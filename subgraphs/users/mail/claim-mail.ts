import type { Database, Query } from '@waybill/kernel/database.js';
import type { AccountMailClaim, AccountMailKind } from '@waybill/schema/commands.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { randomSecret, tokenHash } from '../secret-token.js';
import { TOKEN_TTL_SECONDS } from './account-mail.js';

/**
 * Whoever is to send a mail takes it, so that one delivered thrice goes out once. Its token is made here, at the last
 * moment, and goes nowhere but into the mail; taken once more after a crash, the mail has another.
 */
export async function claimMail(
  db: Database,
  { mailId }: { mailId: string },
): Promise<AccountMailClaim> {
  return db.transaction(async (query) => {
    const holder = await holderOf(query, mailId);
    const mail = await lockMail(query, mailId);
    if (!mail || mail.settled) return { claim: 'SETTLED' };
    if (mail.taken) return { claim: 'TAKEN' };
    const reader = mail.kind === 'ACCOUNT_CLOSED' ? nobody(mail) : holder;
    if (!reader) {
      await settle(query, mailId);
      return { claim: 'SETTLED' };
    }
    const { kind, email: to } = mail;
    const token = TOKEN_TTL_SECONDS[kind] ? randomSecret().toString('base64url') : null;
    await take(query, mailId, { userId: reader.userId, kind, token });
    const { name, storefrontId } = reader;
    return { claim: 'GRANTED', mail: { kind, to, name, token, storefrontId } };
  });
}

interface LockedMail {
  kind: AccountMailKind;
  email: string;
  /** Where whoever it is for registered; null where nobody has looked yet who that is. */
  storefrontId: string | null;
  settled: boolean;
  taken: boolean;
}

async function lockMail(query: Query, mailId: string): Promise<LockedMail | undefined> {
  const [mail] = await query<LockedMail>(
    'mails.lock',
    `select kind, email, settled_at is not null as settled,
       (select home_storefront_id from users where id = user_id) as "storefrontId",
       coalesce(claimed_at > now() - interval '1 minute', false) as taken
     from account_mails where id = $1 for update`,
    [mailId],
  );
  return mail;
}

interface Reader {
  userId: string | null;
  name: string | null;
  /** Where they registered. */
  storefrontId: string;
}

/**
 * Whose address it is that a mail goes to; undefined where nobody has it, or no more: then there is no mail. The account is
 * not closed until the mail is taken.
 */
async function holderOf(query: Query, mailId: string): Promise<Reader | undefined> {
  const [holder] = await query<Reader>(
    'mails.holder',
    `select users.id as "userId", name, home_storefront_id as "storefrontId"
     from users join account_mails mail
       on users.id = mail.user_id or (mail.user_id is null and users.email = mail.email)
     where mail.id = $1 and closed_at is null for share of users`,
    [mailId],
  );
  return holder;
}

/** Whoever closed their account has no name any more. */
function nobody({ storefrontId }: LockedMail): Reader {
  return { userId: null, name: null, storefrontId: storefrontId ?? MAIN_STOREFRONT_ID };
}

async function take(
  query: Query,
  mailId: string,
  { userId, kind, token }: { userId: string | null; kind: AccountMailKind; token: string | null },
): Promise<void> {
  await query(
    'mails.take',
    `update account_mails set claimed_at = now(), user_id = $2, token_hash = $3,
       token_expires_at = now() + make_interval(secs => $4) where id = $1`,
    [mailId, userId, token && tokenHash(token), TOKEN_TTL_SECONDS[kind] ?? null],
  );
}

/** The mail is sent, or not wanted. What needs the address no more forgets it. */
export async function settleMail(
  { query }: Database,
  { mailId }: { mailId: string },
): Promise<{ outcome: 'SETTLED' }> {
  await settle(query, mailId);
  return { outcome: 'SETTLED' };
}

async function settle(query: Query, mailId: string): Promise<void> {
  await query(
    'mails.settle',
    `update account_mails set settled_at = now(),
       email = case when token_hash is null then null else email end
     where id = $1 and settled_at is null`,
    [mailId],
  );
}

/** It could not be sent: the next attempt need not wait until the claim has run out. */
export async function giveBackMail(
  { query }: Database,
  { mailId }: { mailId: string },
): Promise<{ outcome: 'GIVEN_BACK' }> {
  await query(
    'mails.give-back',
    'update account_mails set claimed_at = null where id = $1 and settled_at is null',
    [mailId],
  );
  return { outcome: 'GIVEN_BACK' };
}
