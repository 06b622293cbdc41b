import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { OrderState } from './order.js';
import type { LineKind, RefundedLine } from './tables.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

export interface RefundableLine {
  lineNumber: number;
  kind: LineKind;
  sku: string;
  quantity: number;
  /** Refunded or being refunded. */
  refundedQuantity: number;
  /** Minor units. */
  unitPrice: number;
}

export interface RefundLineRequest {
  lineNumber: number;
  quantity: number;
}

/** What to give back: money in minor units, and the lines it is for. */
export interface RefundPlan {
  amount: number;
  lines: RefundedLine[];
}

const REFUNDABLE = ['CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED'];
const SHIPPED = ['SHIPPED', 'DELIVERED'];

/**
 * The guard of every refund (order lifecycle, invariant 3): pending + done + new ≤ captured, and per line no more
 * units than were bought. Goods come back to stock only when they had left it.
 */
export function planRefund(
  order: OrderState,
  lines: RefundableLine[],
  pending: number,
  request: { lines: RefundLineRequest[]; amount: number | null; restock: boolean },
): RefundPlan | { errors: OrdersUserError[] } {
  const errors = [...checkState(order, request.restock), ...checkQuantities(lines, request.lines)];
  if (errors.length > 0) return { errors };
  const chosen = request.lines.map(({ lineNumber, quantity }) => {
    const line = lineOf(lines, lineNumber) as RefundableLine;
    return { lineNumber, sku: line.sku, quantity, unitPrice: line.unitPrice, kind: line.kind };
  });
  const amount =
    request.amount ?? chosen.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  const left = order.captured - order.refunded - pending;
  if (!(amount > 0))
    return { errors: [userError(Code.INVALID_PRICE, 'Nothing is to be refunded.', ['amount'])] };
  if (amount > left) {
    const message = 'More than is left of what was paid for this order.';
    return { errors: [userError(Code.EXCEEDS_REFUNDABLE, message, ['amount'])] };
  }
  const goods = chosen.filter((line) => line.kind === 'PRODUCT' || !request.restock);
  return {
    amount,
    lines: goods.map(({ lineNumber, sku, quantity }) => ({ lineNumber, sku, quantity })),
  };
}

function checkState(order: OrderState, restock: boolean): OrdersUserError[] {
  if (!REFUNDABLE.includes(order.status)) {
    const message = `An order that is ${order.status} cannot be refunded.`;
    return [userError(Code.INVALID_STATE, message, ['orderId'])];
  }
  if (restock && !SHIPPED.includes(order.status)) {
    const message = 'The goods have not left yet: cancel the order instead.';
    return [userError(Code.INVALID_STATE, message, ['restock'])];
  }
  return [];
}

function checkQuantities(
  lines: RefundableLine[],
  requested: RefundLineRequest[],
): OrdersUserError[] {
  const asked = new Map<number, number>();
  return requested.flatMap(({ lineNumber, quantity }, i): OrdersUserError[] => {
    const line = lineOf(lines, lineNumber);
    const field = ['lines', `${i}`];
    if (!line)
      return [userError(Code.NOT_FOUND, 'The order has no such line.', [...field, 'lineNumber'])];
    if (!Number.isInteger(quantity) || quantity < 1) {
      return [
        userError(Code.INVALID_QUANTITY, 'Refund at least one unit.', [...field, 'quantity']),
      ];
    }
    const total = (asked.get(lineNumber) ?? 0) + quantity;
    asked.set(lineNumber, total);
    if (total <= line.quantity - line.refundedQuantity) return [];
    const message = 'More units than were bought and not yet refunded.';
    return [userError(Code.EXCEEDS_REFUNDABLE, message, [...field, 'quantity'])];
  });
}

const lineOf = (lines: RefundableLine[], lineNumber: number) =>
  lines.find((line) => line.lineNumber === lineNumber);
