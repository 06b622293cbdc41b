import type { RefundResult } from '@waybill/schema/commands.js';
import { isCaptured, ORDER_REVERSED, type Payment, sum } from './payment.js';

export type RefundState = 'PENDING' | 'REFUNDED' | 'FAILED';

/** Part of a payment going back. `id` is the caller's key, and the provider's. Amount in minor units. */
export interface Refund {
  id: string;
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
  if (!isCaptured(payment.state)) return 0;
  const pending = refunds.filter((r) => r.paymentId === payment.id && r.state === 'PENDING');
  return payment.captured - payment.refunded - sum(pending.map(({ amount }) => amount));
}

export interface RefundWish {
  refundId: string;
  amount: number;
  reason: string;
}

/**
 * The refund that a wish becomes: PENDING where pending + done + new ≤ captured, else FAILED with a code. Undefined
 * where the order has no captured payment to which the refund could belong.
 */
export function planRefund(
  wish: RefundWish,
  payments: Payment[],
  refunds: Refund[],
): Refund | undefined {
  const captured = payments.filter(({ state }) => isCaptured(state));
  const enough = captured.find((payment) => refundable(payment, refunds) >= wish.amount);
  const payment = enough ?? captured.at(-1);
  if (!payment) return undefined;
  const code = refusal(wish, payment, enough !== undefined);
  return {
    ...belongsTo(payment),
    id: wish.refundId,
    amount: wish.amount,
    state: code ? 'FAILED' : 'PENDING',
    reason: wish.reason,
    code,
  };
}

function refusal({ amount }: RefundWish, payment: Payment, enough: boolean): string | null {
  if (payment.reversed) return ORDER_REVERSED;
  if (amount <= 0) return 'AMOUNT_NOT_POSITIVE';
  return enough ? null : 'EXCEEDS_CAPTURED';
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
    .map((payment) => ({ ...belongsTo(payment), amount: refundable(payment, refunds) }))
    .filter(({ amount }) => amount > 0)
    .map((rest) => ({ ...rest, id: newId(), state: 'PENDING', reason, code: null }));
}

function belongsTo({ id, orderId, reference }: Payment) {
  return { paymentId: id, orderId, reference };
}

/** What `refundPayment` answers about a refund in this state. */
export function refundResult(refund: Refund | undefined): RefundResult | Error {
  if (!refund) return { outcome: 'FAILED', code: 'NOTHING_CAPTURED' };
  switch (refund.state) {
    case 'PENDING':
      return new Error(`Refund ${refund.id} has no answer yet`);
    case 'REFUNDED':
      return { outcome: 'REFUNDED', amount: refund.amount };
    case 'FAILED':
      return { outcome: 'FAILED', code: refund.code ?? 'FAILED' };
  }
}
