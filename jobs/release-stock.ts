import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type PaymentReversed = Extract<DomainEvent, { type: 'order.payment_reversed' }>;

/** Last compensation: the units are free again, and the order has ended. */
export async function releaseStock(
  { subject: orderId }: PaymentReversed,
  { catalog, orders }: CommandClients,
): Promise<void> {
  await catalog.releaseStock({ orderId });
  await orders.applyToOrder({ orderId, command: { type: 'recordStockReleased' } });
}
