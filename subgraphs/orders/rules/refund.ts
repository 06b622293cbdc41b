import { type Decision, noted } from '../decision.js';
import type { OrderState } from '../order.js';

/** A reversal has given back everything already, this refund included: then it only finds its way into the history. */
export function recordRefunded(
  order: OrderState,
  { refundId, amount, code }: { refundId: string; amount: number; code?: string },
): Decision {
  const fact = noted(order, 'refunded', { refundId, amount }, code ?? null);
  const settled = { ...fact.patch, needsAttention: null };
  if (order.paymentReversed) return { ...fact, patch: settled };
  const refunded = order.refunded + amount;
  const refundStatus = refunded >= order.captured ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  return { ...fact, patch: { ...settled, refunded, refundStatus } };
}

export function recordRefundFailed(
  order: OrderState,
  { refundId, code }: { refundId: string; code: string },
): Decision {
  const fact = noted(order, 'refund_failed', { refundId, code }, code);
  return { ...fact, patch: { ...fact.patch, needsAttention: null } };
}
