import type { Database } from '@waybill/kernel/database.js';
import type { StoredEvent } from '@waybill/schema/commands.js';

/** Events that start a job; the last of them says which job an order that moves by itself is waiting for. */
const STARTS_A_JOB = [
  'placed',
  'reserved',
  'payment_requested',
  'cancelling',
  'payment_reversed',
  'processing',
];

/**
 * Orders that have not moved for a while although a job should move them, and refunds that were not answered, each as
 * the event whose job is missing. An order that waits for its customer is not stalled; one that waits for staff comes
 * last, since its dead letter may have been lost like any job.
 */
export async function findStalled(
  db: Database,
  { olderThanSeconds, limit }: { olderThanSeconds: number; limit: number },
): Promise<{ events: StoredEvent[] }> {
  const events = await db.query<StoredEvent>(
    'orders.stalled',
    `select id, type, subject, data from (
       select e.id, 'order.' || e.type as type, e.order_id as subject, e.data, o.needs_attention
       from orders o, lateral (
         select * from order_events where order_id = o.id and type = any($1) order by seq desc limit 1) e
       where o.status in ('PENDING', 'VALIDATED', 'RESERVED', 'AUTHORIZED', 'PROCESSING', 'CANCELLING')
         and (o.status <> 'RESERVED' or o.declined_attempt < o.payment_attempt)
         and o.updated_at < now() - make_interval(secs => $2)
       union all
       select e.id, 'order.refund_requested', e.order_id, e.data, o.needs_attention
       from refunds r join orders o on o.id = r.order_id
         join order_events e on e.order_id = r.order_id and e.type = 'refund_requested'
           and e.data ->> 'refundId' = r.id::text
       where r.status = 'PENDING' and r.created_at < now() - make_interval(secs => $2)
     ) stalled order by needs_attention is not null, id limit $3`,
    [STARTS_A_JOB, olderThanSeconds, limit],
  );
  return { events };
}
