import type { Database } from '@waybill/kernel/database.js';

/** Who sends a notice is settled here, so that one delivered thrice goes out once; see `claimNotice` in the contract. */
export async function claimNotice(
  db: Database,
  { eventId, orderId }: { eventId: string; orderId: string },
): Promise<{ claim: 'GRANTED' | 'SENT' | 'TAKEN' }> {
  const granted = await db.query(
    'notices.claim',
    `insert into notices (event_id, order_id) values ($1, $2)
     on conflict (event_id) do update set claimed_at = now()
       where notices.sent_at is null and notices.claimed_at < now() - interval '1 minute'
     returning event_id`,
    [eventId, orderId],
  );
  if (granted.length > 0) return { claim: 'GRANTED' };
  const sent = await db.query(
    'notices.sent',
    'select event_id from notices where event_id = $1 and sent_at is not null',
    [eventId],
  );
  return { claim: sent.length > 0 ? 'SENT' : 'TAKEN' };
}

export async function recordNoticeSent(
  db: Database,
  { eventId }: { eventId: string },
): Promise<{ outcome: 'RECORDED' }> {
  await db.query('notices.record', 'update notices set sent_at = now() where event_id = $1', [
    eventId,
  ]);
  return { outcome: 'RECORDED' };
}

export async function giveBackNotice(
  db: Database,
  { eventId }: { eventId: string },
): Promise<{ outcome: 'GIVEN_BACK' }> {
  await db.query(
    'notices.give-back',
    'delete from notices where event_id = $1 and sent_at is null',
    [eventId],
  );
  return { outcome: 'GIVEN_BACK' };
}
