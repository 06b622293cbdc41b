import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';

/**
 * The command that removes sessions, with their tokens, a day after they ended, throttles that are open again, mail of
 * more than a week ago, and messages to webhooks 30 days after they were settled; at most `limit` of each a call.
 */
export function forgetExpired(
  query: Query,
): BatchHandler<{ limit: number }, { forgotten: number }> {
  return (inputs) => Promise.all(inputs.map(({ limit }) => forget(query, limit)));
}

async function forget(query: Query, limit: number): Promise<{ forgotten: number }> {
  const [row] = await query<{ forgotten: number }>(
    'sessions.forget',
    `with forgotten as (
       delete from sessions where id in (
         select id from sessions where coalesce(ended_at, expires_at) < now() - interval '1 day'
         order by coalesce(ended_at, expires_at) limit $1 for update skip locked)
       returning 1
     ), open as (
       delete from throttles where key in (
         select key from throttles where free_at < now() limit $1 for update skip locked)
     ), mails as (
       delete from account_mails where id in (
         select id from account_mails where due_at < now() - interval '7 days'
         order by due_at limit $1 for update skip locked)
     ), told as (
       delete from webhook_deliveries where id in (
         select id from webhook_deliveries where state <> 'PENDING' and moved_at < now() - interval '30 days'
         order by moved_at limit $1 for update skip locked)
     ) select count(*)::int as forgotten from forgotten`,
    [limit],
  );
  return { forgotten: row?.forgotten ?? 0 };
}
