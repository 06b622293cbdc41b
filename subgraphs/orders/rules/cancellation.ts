import { cancelling, type Decision, moved, NOTHING, noted } from '../decision.js';
import { type OrderState, TRANSITIONS } from '../order.js';
import type { FulfillmentState, WholeOrder } from '../order-parts.js';
import { unpacked } from './fulfillment.js';
import { notNow } from './not-now.js';
import { whereItIs } from './parcels.js';
import { withdrawnEdits } from './pending-edit.js';
import type { Planned } from './planned.js';
import { type Refusal, refusal, refused } from './refusal.js';
import { refuseWay } from './workflow-way.js';

/** Until the first parcel is handed over an order can be called off; while it is being packed only by staff. */
export function canBeCancelled(order: WholeOrder, byStaff: boolean): boolean {
  if (!TRANSITIONS[order.status].includes('CANCELLING')) return false;
  return order.status !== 'PROCESSING' || (byStaff && !order.fulfillments.some(isLeaving));
}

const isLeaving = ({ status }: FulfillmentState) =>
  !['OPEN', 'ON_HOLD', 'CANCELLED'].includes(status);

/** Calls an order off, unless it may not be. Asked again while that runs or is done, it answers the same. */
export function planCancellation(
  order: WholeOrder,
  { byStaff, reason }: { byStaff: boolean; reason: string | null },
): Planned {
  if (order.cancelTarget === 'CANCELLED') return NOTHING;
  const refusing = refuseCancelling(order, byStaff);
  return refusing ? refused(refusing) : cancel(order, reason);
}

/** Why the order cannot be called off. */
export function refuseCancelling(order: WholeOrder, byStaff: boolean): Refusal | undefined {
  if (canBeCancelled(order, byStaff)) return refuseWay(order, 'CANCELLING');
  const gone = order.fulfillments.find(isLeaving);
  if (gone) {
    const { why, error } = whereItIs(gone);
    const nextStep = byStaff
      ? 'Call off what is not packed: cancelOrderLines. Give money back for the rest: refundOrder.'
      : 'Send back what is not wanted, once it has left: requestReturn.';
    return refusal(why, error.message, nextStep);
  }
  if (order.status !== 'PROCESSING') return notNow(order);
  const message = 'It is being packed: by now only staff can call it off.';
  return refusal('STAFF_ONLY', message, 'Ask staff, or send it back once it has left.');
}

/** Parcels are unpacked first; money and units follow by jobs. */
export function cancel(order: WholeOrder, reason: string | null): Decision {
  const packed = order.fulfillments.filter(({ status }) => status !== 'CANCELLED');
  const parts = { ...unpacked(order, packed), edits: withdrawnEdits(order) };
  return { ...cancelling(order, 'CANCELLED', reason), parts };
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
