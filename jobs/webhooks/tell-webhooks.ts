import { globalId } from '@waybill/kernel/ids.js';
import type { OrderSummary, StoredEvent } from '@waybill/schema/commands.js';
import type { OrderMoved, Parcel, Told } from '@waybill/schema/events.js';
import type { Queues } from '../queues.js';
import type { CommandClients } from '../workers.js';

const orderIds = globalId('Order');

/** What a webhook hears of a status that only the workflow of a storefront knows. */
const STEP = 'order.status_changed';

/** Steps that webhooks can ask for by their own name. */
const NAMED: ReadonlySet<string> = new Set([
  'order.placed',
  'order.confirmed',
  'order.partially_shipped',
  'order.shipped',
  'order.delivered',
  'order.cancelled',
  'order.failed',
  'order.expired',
]);

/**
 * Sends webhooks off with what became of an order: those of the partner who placed it, if one did, and those of its
 * storefront where its workflow says so. Done twice, it tells nobody twice.
 */
export async function tellWebhooks(
  event: StoredEvent,
  partnerId: string | null,
  order: OrderSummary,
  { users }: Pick<CommandClients, 'users'>,
  { publish }: Pick<Queues, 'publish'>,
): Promise<void> {
  const told = event.data as OrderMoved & Partial<Told> & { parcel?: Parcel };
  const { seq, status, parcel, workflowStatus, webhook: tellsStorefront = false } = told;
  if (!partnerId && !tellsStorefront) return;
  const { number, reason, storefrontId } = order;
  const type = tellsStorefront && !NAMED.has(event.type) ? STEP : event.type;
  const step = { ...(parcel && { parcel }), ...(workflowStatus && { workflowStatus }) };
  const { deliveryIds } = await users.queueDeliveries({
    ...{ partnerId, storefrontId, tellsStorefront, type },
    ...{ eventId: event.id, orderId: event.subject },
    at: new Date(millisecondsOf(event.id)).toISOString(),
    data: { orderId: orderIds.encode(event.subject), number, seq, status, reason, ...step },
  });
  const queued = deliveryIds.map((id) => ({ id, type: 'webhook.queued', subject: id, data: {} }));
  if (queued.length > 0) await publish(queued);
}

/** When an id was made (UUID version 7, RFC 9562). */
const millisecondsOf = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
