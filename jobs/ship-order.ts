import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type Processing = Extract<DomainEvent, { type: 'order.processing' }>;

/** The committed units leave the building. */
export async function shipOrder(
  { id: shipmentId, subject: orderId }: Processing,
  { catalog, orders }: CommandClients,
): Promise<void> {
  const { outcome } = await catalog.consumeStock({ orderId, shipmentId });
  if (outcome === 'NOT_COMMITTED')
    throw new Error(`the units of order ${orderId} are not committed`);
  await orders.applyToOrder({ orderId, command: { type: 'recordShipped' } });
}
