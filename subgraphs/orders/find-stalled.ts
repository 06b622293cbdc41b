import type { Database } from '@waybill/kernel/database.js';
import type { StoredEvent } from '@waybill/schema/commands.js';

/** Events that start a job; the last of them says which job an order that moves by itself is waiting for. */
const STARTS_A_JOB = ['placed', 'reserved', 'payment_requested', 'cancelling', 'payment_reversed'];

/** Parts of an order that wait for a job of their own: where they are, and the event that started it. */
const WAITING_PARTS = [
  ['refunds', 'status', 'PENDING', 'created_at', 'refund_requested', 'refundId'],
  ['fulfillments', 'status', 'SHIPPING', 'requested_at', 'shipment_requested', 'fulfillmentId'],
  ['returns', 'restocking', 'PENDING', 'received_at', 'return_received', 'returnId'],
  ['order_edits', 'status', 'PENDING', 'requested_at', 'edit_requested', 'editId'],
  ['order_edits', 'status', 'APPLIED', 'applied_at', 'edited', 'editId'],
  ['line_cancellations', 'status', 'PENDING', 'created_at', 'lines_cancelled', 'cancellationId'],
] as const;

/** The last such event counts: a shipment that was held is asked for again. */
const PARTS = WAITING_PARTS.map(
  ([table, column, waiting, since, event, id]) => `
       select e.id, 'order.${event}' as type, e.order_id, e.data, o.needs_attention
       from ${table} p join orders o on o.id = p.order_id, lateral (
         select * from order_events where order_id = p.order_id and type = '${event}'
           and data ->> '${id}' = p.id::text order by seq desc limit 1) e
       where p.${column} = '${waiting}' and p.${since} < now() - make_interval(secs => $2)`,
);

/**
 * Orders that have not moved for a while although a job should move them, and payments, refunds, shipments, returns
 * and called-off units that were not answered, each as the event whose job is missing. An order that waits for people is
 * not stalled; one that says so comes last, since its dead letter may have been lost like any job.
 */
export async function findStalled(
  db: Database,
  { olderThanSeconds, limit }: { olderThanSeconds: number; limit: number },
): Promise<{ events: StoredEvent[] }> {
  const events = await db.query<StoredEvent>(
    'orders.stalled',
    `select id, type, order_id as subject, data from (
       select e.id, 'order.' || e.type as type, e.order_id, e.data, o.needs_attention
       from orders o, lateral (
         select * from order_events where order_id = o.id and type = any($1) order by seq desc limit 1) e
       where o.status in ('PENDING', 'VALIDATED', 'AUTHORIZED', 'CANCELLING')
         and o.updated_at < now() - make_interval(secs => $2)
       union all
       select e.id, 'order.' || e.type, e.order_id, e.data, o.needs_attention
       from orders o, jsonb_to_recordset(o.payments) as p (attempt int, state text), order_events e
       where o.status = 'RESERVED' and p.state = 'DUE' and e.order_id = o.id
         and e.type in ('reserved', 'payment_requested') and (e.data ->> 'attempt')::int = p.attempt
         and o.updated_at < now() - make_interval(secs => $2)
       union all
       select e.id, 'order.' || e.type, e.order_id, e.data, o.needs_attention
       from orders o, jsonb_to_recordset(o.payments) as p (attempt int, state text), order_events e
       where o.status in ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED')
         and o.payments @> '[{"state": "DUE"}]' and p.state = 'DUE' and e.order_id = o.id
         and e.type = 'payment_requested' and (e.data ->> 'attempt')::int = p.attempt
         and o.updated_at < now() - make_interval(secs => $2)
       union all
       select e.id, 'order.' || e.type, e.order_id, e.data, o.needs_attention
       from orders o, lateral (
         select * from order_events where order_id = o.id and type = 'capture_requested'
         order by seq desc limit 1) e
       where o.pending_capture is not null and o.updated_at < now() - make_interval(secs => $2)
       union all ${PARTS.join('\n       union all')}
     ) stalled order by needs_attention is not null, id limit $3`,
    [STARTS_A_JOB, olderThanSeconds, limit],
  );
  return { events };
}
