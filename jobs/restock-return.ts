import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type ReturnReceived = Extract<DomainEvent, { type: 'order.return_received' }>;

/** Goods that came back and can be sold again go back to stock. */
export async function restockReturn(
  { subject: orderId, data }: ReturnReceived,
  { catalog, orders }: CommandClients,
): Promise<void> {
  const { returnId, items, locationId } = data;
  if (items.length === 0) return;
  await catalog.restock({ restockId: returnId, orderId, locationId, items });
  await orders.applyToOrder({ orderId, command: { type: 'recordRestocked', returnId } });
}
