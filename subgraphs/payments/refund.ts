import type { RefundResult } from '@waybill/schema/commands.js';
import { ORDER_REVERSED, type Payment, sum } from './payment.js';

export type RefundState = 'PENDING' | 'REFUNDED' | 'FAILED';

/** Part of a payment going back. Amount in minor units. */
export interface Refund {
  /** The provider's key. */
  id: string;
  /** The caller's key; the same for all payments that share in one refund. */
  refundId: string;
  paymentId: string;
  orderId: string;
  /** The provider's name of the payment's authorization. */
  reference: string | null;
  amount: number;
  state: RefundState;
  reason: string;
  /** Why it failed. */
  code: string | null;
}

/** What is left to give back: captured, and neither refunded nor about to be. */
export function refundable(payment: Payment, refunds: Refund[]): number {
  const pending = refunds.filter((r) => r.paymentId === payment.id && r.state === 'PENDING');
  return payment.captured - payment.refunded - sum(pending.map(({ amount }) => amount));
}

export interface RefundWish {
  refundId: string;
  amount: number;
  reason: string;
}

/**
 * The refunds that a wish becomes: of the first payment that has enough left, or else of several, oldest first. FAILED
 * with a code where pending + done + new > captured. None where the order has no captured payment at all.
 */
export function planRefund(
  wish: RefundWish,
  payments: Payment[],
  refunds: Refund[],
  newId: () => string,
): Refund[] {
  const captured = payments.filter((payment) => payment.captured > 0);
  const last = captured.at(-1);
  if (!last) return [];
  const available = captured.map((payment) => ({ payment, left: refundable(payment, refunds) }));
  const code = refusal(wish, last, sum(available.map(({ left }) => left)));
  if (code)
    return [{ ...partOf(wish, last, wish.amount), id: wish.refundId, state: 'FAILED', code }];
  const enough = available.find(({ left }) => left >= wish.amount);
  const parts = enough ? [partOf(wish, enough.payment, wish.amount)] : spread(wish, available);
  return parts.map((part, i) => ({ ...part, id: i === 0 ? wish.refundId : newId() }));
}

function spread(wish: RefundWish, available: Array<{ payment: Payment; left: number }>) {
  let rest = wish.amount;
  return available.flatMap(({ payment, left }) => {
    const amount = Math.min(left, rest);
    rest -= amount;
    return amount > 0 ? [partOf(wish, payment, amount)] : [];
  });
}

function partOf({ refundId, reason }: RefundWish, payment: Payment, amount: number) {
  const state: RefundState = 'PENDING';
  return { ...belongsTo(payment), refundId, amount, state, reason, code: null };
}

function refusal({ amount }: RefundWish, { reversed }: Payment, available: number): string | null {
  if (reversed) return ORDER_REVERSED;
  if (amount <= 0) return 'AMOUNT_NOT_POSITIVE';
  return available >= amount ? null : 'EXCEEDS_CAPTURED';
}

/** Refunds of all that is left, one per captured payment; none while another refund is still open. */
export function planReversal(
  payments: Payment[],
  refunds: Refund[],
  reason: string,
  newId: () => string,
): Refund[] {
  return payments
    .filter((payment) => !refunds.some((r) => r.paymentId === payment.id && r.state === 'PENDING'))
    .map((payment) => ({ payment, amount: refundable(payment, refunds) }))
    .filter(({ amount }) => amount > 0)
    .map(({ payment, amount }) => refundOf(payment, newId(), amount, reason));
}

/** A refund of one payment alone. */
export function refundOf(payment: Payment, id: string, amount: number, reason: string): Refund {
  const state: RefundState = 'PENDING';
  return { ...belongsTo(payment), id, refundId: id, amount, state, reason, code: null };
}

function belongsTo({ id, orderId, reference }: Payment) {
  return { paymentId: id, orderId, reference };
}

/** What `refundPayment` answers about the parts of one refund. */
export function refundResult(parts: Refund[]): RefundResult | Error {
  const [first] = parts;
  if (!first) return { outcome: 'FAILED', code: 'NOTHING_CAPTURED', refunded: 0 };
  if (parts.some(({ state }) => state === 'PENDING'))
    return new Error(`Refund ${first.refundId} has no answer yet`);
  const done = parts.filter(({ state }) => state === 'REFUNDED');
  const refunded = sum(done.map(({ amount }) => amount));
  const failed = parts.find(({ state }) => state === 'FAILED');
  if (!failed) return { outcome: 'REFUNDED', amount: refunded };
  return { outcome: 'FAILED', code: failed.code ?? 'FAILED', refunded };
}
