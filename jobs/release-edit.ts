import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type Edited = Extract<DomainEvent, { type: 'order.edited' }>;

/** Units that an edit gave up go back to stock, if they are not there already: the whole order may be called off by now. */
export async function releaseEdit(
  { subject: orderId, data }: Edited,
  { catalog, orders }: CommandClients,
): Promise<void> {
  const { editId, items, packed } = data;
  if (items.length === 0) return;
  const release = { orderId, releaseId: editId, items, ...(packed && { packed }) };
  const { outcome } = await catalog.releaseItems(release);
  if (outcome === 'NOT_HELD') throw new Error(`order ${orderId} does not hold what it gave up`);
  await orders.applyToOrder({ orderId, command: { type: 'recordEditReleased', editId } });
}
