import type { Database } from '@waybill/kernel/database.js';
import type { StoredEvent } from '@waybill/schema/commands.js';

/**
 * A notice is written with the event that it tells of, so that none is lost with the queue. Who sends it is settled
 * here, so that one delivered thrice goes out once; see `claimNotice` in the contract.
 */
export async function claimNotice(
  db: Database,
  { eventId, orderId }: { eventId: string; orderId: string },
): Promise<{ claim: 'GRANTED' | 'SETTLED' | 'TAKEN' }> {
  const granted = await db.query(
    'notices.claim',
    `insert into notices (event_id, order_id, claimed_at) values ($1, $2, now())
     on conflict (event_id) do update set claimed_at = now()
       where notices.settled_at is null
         and (notices.claimed_at is null or notices.claimed_at < now() - interval '1 minute')
     returning event_id`,
    [eventId, orderId],
  );
  if (granted.length > 0) return { claim: 'GRANTED' };
  const settled = await db.query(
    'notices.settled',
    'select event_id from notices where event_id = $1 and settled_at is not null',
    [eventId],
  );
  return { claim: settled.length > 0 ? 'SETTLED' : 'TAKEN' };
}

export async function settleNotice(
  db: Database,
  { eventId }: { eventId: string },
): Promise<{ outcome: 'SETTLED' }> {
  await db.query('notices.settle', 'update notices set settled_at = now() where event_id = $1', [
    eventId,
  ]);
  return { outcome: 'SETTLED' };
}

export async function giveBackNotice(
  db: Database,
  { eventId }: { eventId: string },
): Promise<{ outcome: 'GIVEN_BACK' }> {
  await db.query(
    'notices.give-back',
    'update notices set claimed_at = null where event_id = $1 and settled_at is null',
    [eventId],
  );
  return { outcome: 'GIVEN_BACK' };
}

/** The newest first: one that can never be sent must not keep the others waiting. */
export async function findUnsettledNotices(
  db: Database,
  { olderThanSeconds, limit }: { olderThanSeconds: number; limit: number },
): Promise<{ events: StoredEvent[] }> {
  const events = await db.query<StoredEvent>(
    'notices.unsettled',
    `select e.id, 'order.' || e.type as type, e.order_id as subject, e.data
     from notices n join order_events e on e.order_id = n.order_id and e.id = n.event_id
     where n.settled_at is null and n.due_at < now() - make_interval(secs => $1)
     order by n.due_at desc limit $2`,
    [olderThanSeconds, limit],
  );
  return { events };
}
