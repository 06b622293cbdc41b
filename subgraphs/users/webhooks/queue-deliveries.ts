import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { OrderNews } from '@waybill/schema/commands.js';

/**
 * The command by which partners and storefronts are told of their orders: a message for each webhook that wants to hear of
 * this. Asked again, it makes none twice. Answers the ids of those that are still to be sent.
 */
export function queueDeliveries(query: Query): BatchHandler<OrderNews, { deliveryIds: string[] }> {
  return (inputs) => Promise.all(inputs.map((news) => queue(query, news)));
}

async function queue(query: Query, news: OrderNews): Promise<{ deliveryIds: string[] }> {
  const { partnerId, storefrontId, tellsStorefront, eventId, type, at, orderId, data } = news;
  const webhooks = await query<{ id: string }>(
    'webhooks.wanting',
    `select webhooks.id from webhooks join partners on partners.id = partner_id
     where partner_id = $1 and enabled and closed_at is null and $2 = any(events)
       and (storefront_ids is null or $3 = any(storefront_ids))
     union all
     select id from webhooks where $4 and storefront_id = $3 and enabled and $2 = any(events)`,
    [partnerId, type, storefrontId, tellsStorefront],
  );
  if (webhooks.length === 0) return { deliveryIds: [] };
  await query(
    'deliveries.queue',
    `insert into webhook_deliveries (id, job_id, webhook_id, event_id, type, order_id, body)
     select id, id, webhook_id, $3, $4, $5, $6 from unnest($1::uuid[], $2::uuid[]) as d(id, webhook_id)
     on conflict (webhook_id, event_id) do nothing`,
    [
      webhooks.map(() => newId()),
      webhooks.map(({ id }) => id),
      ...[eventId, type, orderId, JSON.stringify({ type, timestamp: at, data })],
    ],
  );
  const pending = await query<{ id: string }>(
    'deliveries.ofEvent',
    `select id from webhook_deliveries
     where webhook_id = any($1::uuid[]) and event_id = $2 and state = 'PENDING'`,
    [webhooks.map(({ id }) => id), eventId],
  );
  return { deliveryIds: pending.map(({ id }) => id) };
}
