import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type Cancelling = Extract<DomainEvent, { type: 'order.cancelling' }>;

/** First compensation: whatever was authorized or captured is given back. The units follow. */
export async function reversePayment(
  { subject: orderId }: Cancelling,
  { orders, payments }: CommandClients,
): Promise<void> {
  const { refunded } = await payments.reversePayment({ orderId });
  await orders.applyToOrder({ orderId, command: { type: 'recordPaymentReversed', refunded } });
}
