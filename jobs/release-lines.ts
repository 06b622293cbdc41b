import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type LinesCancelled = Extract<DomainEvent, { type: 'order.lines_cancelled' }>;

/**
 * Units that were called off go back to stock, if they are not there already because the whole order was called off since;
 * where nothing is left to ship, what is still authorized goes free.
 */
export async function releaseLines(
  { subject: orderId, data }: LinesCancelled,
  { catalog, orders, payments }: CommandClients,
): Promise<void> {
  const { cancellationId, items, packed, final } = data;
  const release = { orderId, releaseId: cancellationId, items, ...(packed && { packed }) };
  const { outcome } = await catalog.releaseItems(release);
  if (outcome === 'NOT_HELD') throw new Error(`order ${orderId} does not hold what was called off`);
  if (final) {
    await payments.capturePayment({ orderId, captureId: cancellationId, amount: 0, final });
  }
  await orders.applyToOrder({ orderId, command: { type: 'recordLinesReleased', cancellationId } });
}
