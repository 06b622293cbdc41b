import { alsoNoted, cancelling, type Decision, moved, NOTHING, noted } from '../decision.js';
import {
  IN_FULFILLMENT,
  type OrderPayment,
  type OrderState,
  type OrderStatus,
  type PaymentStatus,
  type RefundStatus,
} from '../order.js';

const WANTS_MONEY: readonly OrderStatus[] = [
  'PENDING',
  'VALIDATED',
  'RESERVED',
  'AUTHORIZED',
  ...IN_FULFILLMENT,
];

/** What no payment covers: none was asked for that much, it was declined, or it has ended. Minor units. */
export function amountDue({
  status,
  total,
  authorized,
  payments,
}: Pick<OrderState, 'status' | 'total' | 'authorized' | 'payments'>): number {
  if (!WANTS_MONEY.includes(status)) return 0;
  const asked = payments.filter(({ state }) => state === 'DUE');
  return Math.max(0, total - authorized - sum(asked.map(({ amount }) => amount)));
}

/** Whether another payment may be made: something is due, and the hold is alive or it is taken with a shipment. */
export function awaitsPayment(order: OrderState): boolean {
  return takesPayments(order) && amountDue(order) > 0;
}

/** Once it is confirmed, an order takes payments only where its money is taken with the shipments. */
const takesPayments = (order: OrderState) => order.status === 'RESERVED' || isRenewable(order);

export const isRenewable = ({ status, captureOn }: OrderState) =>
  captureOn === 'SHIPMENT' && IN_FULFILLMENT.includes(status);

/** How much of what was captured went back. */
export function refundStatusOf({
  captured,
  refunded,
}: Pick<OrderState, 'captured' | 'refunded'>): RefundStatus {
  if (refunded === 0) return 'NONE';
  return refunded < captured ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
}

/** How much of the order is paid, by what was authorized and captured. */
export function paymentStatusOf({
  total,
  authorized,
  captured,
}: Pick<OrderState, 'total' | 'authorized' | 'captured'>): PaymentStatus {
  if (captured >= total) return 'PAID';
  if (captured > 0) return 'PARTIALLY_PAID';
  return authorized >= total ? 'AUTHORIZED' : 'NONE';
}

/** The units are held: every payment of the order becomes due, each with an event of its own. */
export function reservedForPayment(order: OrderState, expiresAt: string): Decision {
  const [first, ...others] = order.payments;
  const due = first && paymentDue(order, first);
  const reserved = moved(order, ['VALIDATED', 'RESERVED'], { expiresAt }, due);
  return alsoNoted(
    reserved,
    others.map((payment) => ({ type: 'payment_requested', data: paymentDue(order, payment) })),
  );
}

/**
 * Authorized at last are those whose payments together cover the total; until then the order waits for the others. One
 * that is confirmed has its money authorized anew, and stays where it is.
 */
export function recordAuthorized(
  order: OrderState,
  { attempt, amount }: { attempt: number; amount: number },
): Decision {
  const payment = paymentOf(order, attempt);
  if (!takesPayments(order) || payment?.state !== 'DUE') return NOTHING;
  const payments = withPayment(order, { ...payment, amount, state: 'AUTHORIZED' });
  const authorized = order.authorized + amount;
  const patch = { payments, authorized };
  if (isRenewable(order)) return recordRenewed({ ...order, ...patch }, { attempt, amount });
  if (authorized < order.total) {
    const part = noted(order, 'payment_authorized', { attempt, amount });
    return { ...part, patch: { ...part.patch, ...patch, needsAttention: null } };
  }
  const whole = { ...patch, paymentStatus: 'AUTHORIZED' } as const;
  return moved(order, ['AUTHORIZED'], whole, { attempt, amount });
}

/**
 * A hard decline ends the order; after a soft one the customer may try another card until the hold expires. One that is
 * confirmed stays as it is, whatever the decline.
 */
export function recordDeclined(
  order: OrderState,
  { attempt, code, hard }: { attempt: number; code: string; hard: boolean },
): Decision {
  const payment = paymentOf(order, attempt);
  if (!takesPayments(order) || payment?.state !== 'DUE') return NOTHING;
  const payments = withPayment(order, { ...payment, state: 'DECLINED' });
  const soft = noted(order, 'payment_declined', { attempt, code }, code);
  if (isRenewable(order)) return { ...soft, patch: { ...soft.patch, payments } };
  const declined = hard ? cancelling(order, 'FAILED', code) : soft;
  return { ...declined, patch: { ...declined.patch, payments, needsAttention: null } };
}

/** What staff read of an order of which not all that is left to ship is authorized any more. */
export const NOT_AUTHORIZED =
  'Money for what is left to ship is not authorized any more: have it authorized anew (payOrder).';

/** A confirmed order has its money authorized anew; `order` counts it already. */
function recordRenewed(order: OrderState, renewed: { attempt: number; amount: number }): Decision {
  const { payments, authorized, needsAttention } = order;
  const told = noted(order, 'payment_authorized', renewed);
  const isSettled = amountDue(order) === 0 && needsAttention === NOT_AUTHORIZED;
  return {
    ...told,
    patch: {
      ...told.patch,
      ...{ payments, authorized, paymentStatus: paymentStatusOf(order) },
      needsAttention: isSettled ? null : needsAttention,
    },
  };
}

/** `amount` in minor units; null pays all that is due. */
export function pay(
  order: OrderState,
  { method, amount }: { method: string; amount: number | null },
): Decision {
  if (!awaitsPayment(order)) return NOTHING;
  const attempt = Math.max(0, ...order.payments.map((payment) => payment.attempt)) + 1;
  const due = amount ?? amountDue(order);
  const payment: OrderPayment = { attempt, method, amount: due, state: 'DUE' };
  const requested = noted(order, 'payment_requested', paymentDue(order, payment));
  return { ...requested, patch: { ...requested.patch, payments: [...order.payments, payment] } };
}

/** Where the money is taken with each shipment, the authorization is enough. */
export function recordConfirmed(order: OrderState, captured: number): Decision {
  if (order.status !== 'AUTHORIZED') return NOTHING;
  const { captureOn, total } = order;
  if (captureOn === 'CONFIRMATION' && captured < total)
    return cancelling(order, 'FAILED', 'CAPTURED_TOO_LITTLE');
  if (captureOn === 'SHIPMENT' && order.authorized < total)
    return cancelling(order, 'FAILED', 'AUTHORIZATION_EXPIRED');
  const paymentStatus = paymentStatusOf({ ...order, captured });
  // Somebody may have refunded at the payment provider already.
  const refundStatus = refundStatusOf({ ...order, captured });
  return moved(order, ['CONFIRMED'], { paymentStatus, refundStatus, captured, expiresAt: null });
}

export function paymentOf({ payments }: OrderState, attempt: number): OrderPayment | undefined {
  return payments.find((payment) => payment.attempt === attempt);
}

export function withPayment({ payments }: OrderState, changed: OrderPayment): OrderPayment[] {
  return payments.map((payment) => (payment.attempt === changed.attempt ? changed : payment));
}

function paymentDue({ customerId, storefrontId, currency }: OrderState, payment: OrderPayment) {
  const { attempt, amount, method } = payment;
  return { attempt, customerId, storefrontId, amount, currency, method };
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
