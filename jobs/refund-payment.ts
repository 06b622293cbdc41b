import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type RefundRequested = Extract<DomainEvent, { type: 'order.refund_requested' }>;

/** Money goes back first, then the goods go back to stock; a refused refund leaves both as they were. */
export async function refundPayment(
  { subject: orderId, data }: RefundRequested,
  { catalog, orders, payments }: CommandClients,
): Promise<void> {
  const { refundId, amount, reason, restock } = data;
  const result = await payments.refundPayment({ orderId, refundId, amount, reason });
  if (result.outcome === 'FAILED') {
    const command = { type: 'recordRefundFailed', refundId, code: result.code } as const;
    await orders.applyToOrder({ orderId, command });
    return;
  }
  if (restock.length > 0) await catalog.restock({ restockId: refundId, items: restock });
  await orders.applyToOrder({ orderId, command: { type: 'recordRefunded', refundId, amount } });
}
