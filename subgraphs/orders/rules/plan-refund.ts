import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { StockItem } from '@waybill/schema/commands.js';
import type { OrderState } from '../order.js';
import type { LineKind, RefundedLine } from '../tables.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';

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

/** What to give back: money in minor units, the lines it is for, each named once, and the goods among them. */
export interface RefundPlan {
  amount: number;
  lines: RefundedLine[];
  restock: StockItem[];
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
  const chosen = chooseLines(lines, request.lines);
  const restock = request.restock ? goodsOf(chosen) : [];
  const errors = [...checkState(order, restock), ...checkQuantities(lines, request.lines)];
  if (errors.length > 0) return { errors };
  const worth = chosen.reduce((sum, { line, quantity }) => sum + quantity * line.unitPrice, 0);
  const amount = request.amount ?? worth;
  const left = order.captured - order.refunded - pending;
  if (!(amount > 0))
    return { errors: [userError(Code.INVALID_PRICE, 'Nothing is to be refunded.', ['amount'])] };
  if (amount > left) {
    const message = 'More than is left of what was paid for this order.';
    return { errors: [userError(Code.EXCEEDS_REFUNDABLE, message, ['amount'])] };
  }
  const refunded = chosen.map(({ line: { lineNumber, sku }, quantity }) => ({
    lineNumber,
    sku,
    quantity,
  }));
  return { amount, lines: refunded, restock };
}

interface ChosenLine {
  line: RefundableLine;
  quantity: number;
}

/** A line that is named several times is refunded once, with all of the units. */
function chooseLines(lines: RefundableLine[], requested: RefundLineRequest[]): ChosenLine[] {
  const chosen = Map.groupBy(requested, ({ lineNumber }) => lineOf(lines, lineNumber));
  return [...chosen].flatMap(([line, same]) =>
    line ? [{ line, quantity: same.reduce((sum, { quantity }) => sum + quantity, 0) }] : [],
  );
}

function goodsOf(chosen: ChosenLine[]): StockItem[] {
  const goods = chosen.filter(({ line }) => line.kind === 'PRODUCT');
  return goods.map(({ line: { sku }, quantity }) => ({ sku, quantity }));
}

function checkState(order: OrderState, restock: StockItem[]): OrdersUserError[] {
  if (!REFUNDABLE.includes(order.status)) {
    const message = `An order that is ${order.status} cannot be refunded.`;
    return [userError(Code.INVALID_STATE, message, ['orderId'])];
  }
  if (restock.length > 0 && !SHIPPED.includes(order.status)) {
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
