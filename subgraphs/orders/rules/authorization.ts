import type { EndedPayment } from '@waybill/schema/commands.js';
import { type Decision, NOTHING, noted } from '../decision.js';
import { IN_FULFILLMENT, type OrderPayment, type OrderState } from '../order.js';
import { isRenewable, NOT_AUTHORIZED, paymentOf, paymentStatusOf, withPayment } from './payment.js';
import { timeOf } from './refusal.js';

export const endingSoon = ({ attempt }: Pick<OrderPayment, 'attempt'>, endsAt: string) =>
  `The authorization of payment ${attempt} ends on ${timeOf(endsAt)}: ship before, or have it authorized anew then.`;

/** Staff are asked to look while it can still be captured. */
export function recordAuthorizationEnding(
  order: OrderState,
  { attempt, endsAt }: { attempt: number; endsAt: string },
): Decision {
  const payment = paymentOf(order, attempt);
  if (!isRenewable(order) || payment?.state !== 'AUTHORIZED') return NOTHING;
  const text = endingSoon(payment, endsAt);
  const told = noted(order, 'authorization_ending', { attempt, endsAt }, text);
  const payments = withPayment(order, { ...payment, endsAt });
  return { ...told, patch: { ...told.patch, payments, ...attention(order, text) } };
}

/** What of it was not captured counts no more: what is left to ship waits for money, as does one that is not paid yet. */
export function recordAuthorizationEnded(
  order: OrderState,
  { attempt, captured, code }: EndedPayment & { code: string },
): Decision {
  const waits = order.status === 'RESERVED' || order.status === 'AUTHORIZED';
  if (!waits && !IN_FULFILLMENT.includes(order.status)) return NOTHING;
  const money = withoutEnded(order, [{ attempt, captured }]);
  const amount = order.authorized - money.authorized;
  if (amount === 0) return NOTHING;
  const told = noted(order, 'authorization_ended', { attempt, amount, code }, code);
  return { ...told, patch: { ...told.patch, ...money, ...attention(order, NOT_AUTHORIZED) } };
}

/** What an order has left once these payments give nothing more. Never less than what it knows to be captured. */
export function withoutEnded(order: OrderState, ended: readonly EndedPayment[]) {
  const capturedOf = new Map(ended.map(({ attempt, captured }) => [attempt, captured]));
  let lost = 0;
  const payments = order.payments.map((payment): OrderPayment => {
    const captured = capturedOf.get(payment.attempt);
    if (captured === undefined || payment.state !== 'AUTHORIZED') return payment;
    lost += payment.amount - captured;
    return { ...payment, amount: captured, state: 'ENDED' };
  });
  const authorized = Math.max(order.captured, order.authorized - lost);
  return { payments, authorized, paymentStatus: paymentStatusOf({ ...order, authorized }) };
}

/** What staff are asked to look at already stays, unless that was the end that this comes to. */
function attention(order: OrderState, text: string) {
  const { needsAttention, payments } = order;
  const warned = payments.some(
    (payment) => payment.endsAt && needsAttention === endingSoon(payment, payment.endsAt),
  );
  return { needsAttention: needsAttention === null || warned ? text : needsAttention };
}
