import { type Decision, moved, NOTHING, noted } from '../decision.js';
import { type OrderState, type OrderStatus, TRANSITIONS } from '../order.js';

/**
 * Until its goods are being shipped an order can be called off, by staff too: orders are shipped whole, in one step
 * that follows PROCESSING at once, so nobody can tell any more that nothing has left.
 */
export function canBeCancelled(status: OrderStatus): boolean {
  return TRANSITIONS[status].includes('CANCELLING') && status !== 'PROCESSING';
}

/** `refunded` may be more than the order knew of: a capture whose record came too late. */
export function recordPaymentReversed(order: OrderState, refunded: number): Decision {
  if (order.status !== 'CANCELLING' || order.paymentReversed) return NOTHING;
  const reversed = noted(order, 'payment_reversed');
  const captured = Math.max(order.captured, refunded);
  const patch: Partial<OrderState> = {
    paymentReversed: true,
    captured,
    refunded: captured,
    needsAttention: null,
  };
  if (order.paymentStatus !== 'NONE' || captured > 0) patch.paymentStatus = 'VOIDED';
  if (captured > 0) patch.refundStatus = 'REFUNDED';
  return { ...reversed, patch: { ...reversed.patch, ...patch } };
}

/** Stock comes back last, so by then every compensation is acknowledged. */
export function recordStockReleased(order: OrderState): Decision {
  if (order.status !== 'CANCELLING' || !order.paymentReversed || !order.cancelTarget)
    return NOTHING;
  return moved(order, [order.cancelTarget], { expiresAt: null });
}
