import { NOBODY } from '../access.js';
import { type Decision, NOTHING, noted } from '../decision.js';
import {
  type LineState,
  type LineUnits,
  type RefundPart,
  type WholeOrder,
  withParts,
} from '../order-parts.js';
import { refundStatusOf } from './payment.js';
import { counted, sumOf } from './units.js';

/** What can still be given back: captured, and neither refunded nor being refunded (lifecycle, invariant 3). */
export function refundableAmount(order: WholeOrder): number {
  const pending = order.refunds.filter(({ status }) => status === 'PENDING');
  return order.captured - order.refunded - sumOf(pending, ({ amount }) => amount);
}

export type NewRefund = Omit<RefundPart, 'status' | 'failureCode'>;

/** The payment job gives the money back, then the goods go back to stock. */
export function refundRequested(order: WholeOrder, refund: NewRefund): Decision {
  const { id, amount, reason, lines } = refund;
  const restock = refund.restock ? lines.filter((units) => isGoods(order, units)) : [];
  const items = restock.map(({ sku, quantity }) => ({ sku, quantity }));
  const due = { refundId: id, amount, reason: reason ?? '', restock: items };
  return {
    ...noted(order, 'refund_requested', due, reason),
    parts: {
      refunds: [{ ...refund, status: 'PENDING', failureCode: null }],
      lines: units(order, refund, 1),
    },
  };
}

/** Units that go back to stock count as returned. */
function units(order: WholeOrder, { lines, restock }: NewRefund, sign: 1 | -1): LineState[] {
  if (!restock) return counted(order, lines, sign, 'refunded');
  const goods = lines.filter((each) => isGoods(order, each));
  const returned = withParts(order, { lines: counted(order, goods, sign, 'returned') });
  return counted(returned, lines, sign, 'refunded');
}

export const isGoods = ({ lines }: WholeOrder, { lineNumber }: LineUnits) =>
  lines.find((line) => line.lineNumber === lineNumber)?.kind === 'PRODUCT';

/** A reversal has given back everything already, this refund included: then it only finds its way into the history. */
export function recordRefunded(
  order: WholeOrder,
  { refundId, amount, code }: { refundId: string; amount: number; code?: string },
): Decision {
  const refund = pendingRefund(order, refundId);
  if (!refund) return NOTHING;
  const fact = noted(order, 'refunded', { refundId, amount }, code ?? null);
  const failureCode = code ?? null;
  const parts = { refunds: [{ ...refund, status: 'REFUNDED' as const, amount, failureCode }] };
  const settled = { ...fact.patch, needsAttention: null };
  if (order.paymentReversed) return { ...fact, patch: settled, parts };
  const refunded = order.refunded + amount;
  const refundStatus = refundStatusOf({ ...order, refunded });
  return { ...fact, patch: { ...settled, refunded, refundStatus }, parts };
}

/** Somebody refunded at the payment provider itself: a refund like any other, without lines. What went back was taken. */
export function recordFoundRefund(
  order: WholeOrder,
  { refundId, amount, reason }: { refundId: string; amount: number; reason: string },
): Decision {
  if (order.refunds.some(({ id }) => id === refundId)) return NOTHING;
  const refund: RefundPart = {
    id: refundId,
    status: 'REFUNDED',
    amount,
    reason,
    restock: false,
    lines: [],
    failureCode: null,
    requestedBy: NOBODY,
    idempotencyKey: refundId,
    requestHash: '',
  };
  const fact = {
    ...noted(order, 'refunded', { refundId, amount }, reason),
    parts: { refunds: [refund] },
  };
  if (order.paymentReversed) return fact;
  const refunded = order.refunded + amount;
  const captured = Math.max(order.captured, refunded);
  const refundStatus = refundStatusOf({ captured, refunded });
  return { ...fact, patch: { ...fact.patch, captured, refunded, refundStatus } };
}

/** Units of a refund that failed can be asked for again. */
export function recordRefundFailed(
  order: WholeOrder,
  { refundId, code }: { refundId: string; code: string },
): Decision {
  const refund = pendingRefund(order, refundId);
  if (!refund) return NOTHING;
  const fact = noted(order, 'refund_failed', { refundId, code }, code);
  return {
    ...fact,
    patch: { ...fact.patch, needsAttention: null },
    parts: {
      refunds: [{ ...refund, status: 'FAILED', failureCode: code }],
      lines: units(order, refund, -1),
    },
  };
}

const pendingRefund = ({ refunds }: WholeOrder, refundId: string) =>
  refunds.find(({ id, status }) => id === refundId && status === 'PENDING');
