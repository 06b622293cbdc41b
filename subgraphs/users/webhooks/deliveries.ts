import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';
import type { AttemptedDelivery, DueDelivery, StoredEvent } from '@waybill/schema/commands.js';
import type { DeliveryState } from './delivery.js';

/** The commands by which jobs send messages. A message that was settled, or whose webhook is gone or disabled, is not due. */
export function findDeliveries(
  query: Query,
): BatchHandler<{ deliveryId: string }, DueDelivery | null> {
  return async (inputs) => {
    const rows = await query<Omit<DueDelivery, 'secrets'> & { secrets: Array<string | null> }>(
      'deliveries.due',
      `select d.id as "deliveryId", w.url, d.body, array[
         w.secret, case when w.former_secret_until > now() then w.former_secret end] as secrets
       from webhook_deliveries d join webhooks w on w.id = d.webhook_id
       where d.id = any($1::uuid[]) and d.state = 'PENDING' and w.enabled`,
      [inputs.map(({ deliveryId }) => deliveryId)],
    );
    const byId = new Map(rows.map((row) => [row.deliveryId, row]));
    return inputs.map(({ deliveryId }) => {
      const found = byId.get(deliveryId);
      return found
        ? { ...found, secrets: found.secrets.filter((secret) => secret !== null) }
        : null;
    });
  };
}

/** What became of an attempt. 410 means that the other side wants no more: its webhook is disabled. */
export function recordDeliveries(
  query: Query,
): BatchHandler<AttemptedDelivery, { state: `${DeliveryState}` | null }> {
  return (inputs) => Promise.all(inputs.map((attempt) => record(query, attempt)));
}

async function record(query: Query, { deliveryId, status, error, isLast }: AttemptedDelivery) {
  const [delivery] = await query<{ state: `${DeliveryState}`; webhookId: string }>(
    'deliveries.record',
    `update webhook_deliveries set attempts = attempts + 1, last_status = $2, last_error = $3, moved_at = now(),
       state = case when $2 between 200 and 299 then 'DELIVERED' when $2 = 410 or $4 then 'FAILED' else state end
     where id = $1 and state = 'PENDING'
     returning state, webhook_id as "webhookId"`,
    [deliveryId, status, error, isLast],
  );
  if (status === 410 && delivery)
    await query('webhooks.gone', 'update webhooks set enabled = false where id = $1', [
      delivery.webhookId,
    ]);
  return { state: delivery?.state ?? null };
}

/** Messages that should be under way by now: for the reconciler, who sees whether they are. */
export function findPendingDeliveries(
  query: Query,
): BatchHandler<{ olderThanSeconds: number; limit: number }, { events: StoredEvent[] }> {
  return (inputs) =>
    Promise.all(
      inputs.map(async ({ olderThanSeconds, limit }) => {
        const rows = await query<{ id: string; jobId: string }>(
          'deliveries.pending',
          `select d.id, d.job_id as "jobId" from webhook_deliveries d join webhooks w on w.id = d.webhook_id
           where d.state = 'PENDING' and w.enabled and d.moved_at < now() - make_interval(secs => $1)
           order by d.moved_at limit $2`,
          [olderThanSeconds, limit],
        );
        return { events: rows.map(deliveryEvent) };
      }),
    );
}

const deliveryEvent = ({ id, jobId }: { id: string; jobId: string }): StoredEvent => ({
  ...{ id: jobId, type: 'webhook.queued', subject: id, data: {} },
});
