import { cancelling, type Decision, moved, NOTHING, noted } from '../decision.js';
import type { OrderState } from '../order.js';

/** Whether another payment method may be tried: the last one was declined and the hold is alive. */
export function awaitsPayment(order: OrderState): boolean {
  return order.status === 'RESERVED' && order.declinedAttempt === order.paymentAttempt;
}

export function recordAuthorized(order: OrderState, amount: number): Decision {
  if (order.status !== 'RESERVED') return NOTHING;
  if (amount < order.total) return cancelling(order, 'FAILED', 'AUTHORIZED_TOO_LITTLE');
  return moved(order, ['AUTHORIZED'], { paymentStatus: 'AUTHORIZED' });
}

/** A hard decline ends the order; after a soft one the customer may try another card until the hold expires. */
export function recordDeclined(
  order: OrderState,
  { attempt, code, hard }: { attempt: number; code: string; hard: boolean },
): Decision {
  if (order.status !== 'RESERVED' || awaitsPayment(order)) return NOTHING;
  if (attempt !== order.paymentAttempt) return NOTHING;
  if (hard) return cancelling(order, 'FAILED', code);
  const declined = noted(order, 'payment_declined', { code }, code);
  return {
    ...declined,
    patch: { ...declined.patch, declinedAttempt: attempt, needsAttention: null },
  };
}

export function pay(order: OrderState, paymentMethod: string): Decision {
  if (!awaitsPayment(order)) return NOTHING;
  const patch = { paymentMethod, paymentAttempt: order.paymentAttempt + 1 };
  const requested = noted(order, 'payment_requested', paymentDue({ ...order, ...patch }));
  return { ...requested, patch: { ...requested.patch, ...patch } };
}

export function recordConfirmed(order: OrderState, captured: number): Decision {
  if (order.status !== 'AUTHORIZED') return NOTHING;
  if (captured < order.total) return cancelling(order, 'FAILED', 'CAPTURED_TOO_LITTLE');
  return moved(order, ['CONFIRMED'], { paymentStatus: 'PAID', captured, expiresAt: null });
}

export function paymentDue(order: OrderState) {
  return {
    attempt: order.paymentAttempt,
    customerId: order.customerId,
    amount: order.total,
    currency: order.currency,
    method: order.paymentMethod,
  };
}
