import type { Database } from '@waybill/kernel/database.js';
import type { StoredEvent } from '@waybill/schema/commands.js';

/** The newest first: one that can never be sent must not keep the others waiting. */
export async function findUnsentMail(
  { query }: Database,
  { olderThanSeconds, limit }: { olderThanSeconds: number; limit: number },
): Promise<{ events: StoredEvent[] }> {
  const events = await query<StoredEvent>(
    'mails.unsent',
    `select id, 'user.mail_due' as type, id as subject, '{"notify": true}'::jsonb as data
     from account_mails
     where settled_at is null and due_at < now() - make_interval(secs => $1)
     order by due_at desc limit $2`,
    [olderThanSeconds, limit],
  );
  return { events };
}
