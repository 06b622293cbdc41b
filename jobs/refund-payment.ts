import type { RefundResult } from '@waybill/schema/commands.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type RefundRequested = Extract<DomainEvent, { type: 'order.refund_requested' }>;

/**
 * Money goes back first, then the goods go back to stock; a refused refund leaves both as they were. Where several
 * payments share in it and only some can give their part back, it is a refund of that much.
 */
export async function refundPayment(
  { subject: orderId, data }: RefundRequested,
  { catalog, orders, payments }: CommandClients,
): Promise<void> {
  const { refundId, amount, reason, restock } = data;
  const result = await payments.refundPayment({ orderId, refundId, amount, reason });
  if (result.outcome === 'FAILED' && result.refunded === 0) {
    const command = { type: 'recordRefundFailed', refundId, code: result.code } as const;
    await orders.applyToOrder({ orderId, command });
    return;
  }
  if (restock.length > 0) await catalog.restock({ restockId: refundId, orderId, items: restock });
  const command = { type: 'recordRefunded', refundId, ...whatWentBack(result) } as const;
  await orders.applyToOrder({ orderId, command });
}

function whatWentBack(result: RefundResult): { amount: number; code?: string } {
  if (result.outcome === 'REFUNDED') return { amount: result.amount };
  return { amount: result.refunded, code: result.code };
}
