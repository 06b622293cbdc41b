import { cancelling, type Decision, moved, NOTHING, noted } from '../decision.js';
import { type OrderState, TRANSITIONS } from '../order.js';
import type { FulfillmentState, WholeOrder } from '../order-parts.js';
import { unpacked } from './fulfillment.js';

/** Until the first parcel is handed over an order can be called off; while it is being packed only by staff. */
export function canBeCancelled(order: WholeOrder, byStaff: boolean): boolean {
  if (!TRANSITIONS[order.status].includes('CANCELLING')) return false;
  return order.status !== 'PROCESSING' || (byStaff && !order.fulfillments.some(isLeaving));
}

const isLeaving = ({ status }: FulfillmentState) =>
  !['OPEN', 'ON_HOLD', 'CANCELLED'].includes(status);

/** Parcels are unpacked first; money and units follow by jobs. */
export function cancel(order: WholeOrder, reason: string | null): Decision {
  const packed = order.fulfillments.filter(({ status }) => status !== 'CANCELLED');
  return { ...cancelling(order, 'CANCELLED', reason), parts: unpacked(order, packed) };
}

/** `refunded` may be more than the order knew of: a capture whose record came too late. */
export function recordPaymentReversed(order: OrderState, refunded: number): Decision {
  if (order.status !== 'CANCELLING' || order.paymentReversed) return NOTHING;
  const reversed = noted(order, 'payment_reversed');
  const captured = Math.max(order.captured, refunded);
  const patch: Partial<OrderState> = {
    paymentReversed: true,
    authorized: Math.max(order.authorized, captured),
    captured,
    refunded: captured,
    needsAttention: null,
  };
  if (order.authorized > 0 || captured > 0) patch.paymentStatus = 'VOIDED';
  if (captured > 0) patch.refundStatus = 'REFUNDED';
  return { ...reversed, patch: { ...reversed.patch, ...patch } };
}

/** Stock comes back last, so by then every compensation is acknowledged. */
export function recordStockReleased(order: OrderState): Decision {
  if (order.status !== 'CANCELLING' || !order.paymentReversed || !order.cancelTarget)
    return NOTHING;
  return moved(order, [order.cancelTarget], { expiresAt: null });
}
