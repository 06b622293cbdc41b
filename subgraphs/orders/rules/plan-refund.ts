import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { LineState, LineUnits, WholeOrder } from '../order-parts.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { notNow } from './not-now.js';
import type { Planned } from './planned.js';
import { isGoods, type NewRefund, refundableAmount, refundRequested } from './refund.js';
import { amountOf, type Refusal, refusal, refused } from './refusal.js';
import { mergedUnits, type UnitsRequest, unitsOf, worthOf } from './units.js';

/** `amount` in minor units; null gives back what the lines cost. */
export interface RefundWish extends Omit<NewRefund, 'amount' | 'lines'> {
  amount: number | null;
  lines: UnitsRequest[];
}

const REFUNDABLE = ['CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED'];

/**
 * The guard of every refund (order lifecycle, invariant 3): pending + done + new ≤ captured, and per line no more
 * units than were bought. Goods come back to stock only when they had left it.
 */
export function planRefund(order: WholeOrder, wish: RefundWish): Planned {
  const lines = mergedUnits(order, wish.lines);
  const errors = checkQuantities(order, wish.lines);
  const tooEarly = refuseState(order);
  if (tooEarly) errors.unshift(tooEarly.error);
  if (errors.length === 0 && wish.restock) errors.push(...checkRestock(order, lines));
  if (errors.length > 0) return { errors };
  const amount = wish.amount ?? worthOf(order, lines);
  if (!(amount > 0))
    return { errors: [userError(Code.INVALID_PRICE, 'Nothing is to be refunded.', ['amount'])] };
  const tooMuch = refuseAmount(order, amount);
  return tooMuch ? refused(tooMuch) : refundRequested(order, { ...wish, amount, lines });
}

/** Why nothing at all can be given back. */
export function refuseRefund(order: WholeOrder): Refusal | undefined {
  return refuseState(order) ?? refuseAmount(order, 1);
}

const UNPAID = ['PENDING', 'VALIDATED', 'RESERVED', 'AUTHORIZED'];

function refuseState(order: WholeOrder): Refusal | undefined {
  if (REFUNDABLE.includes(order.status)) return undefined;
  if (!UNPAID.includes(order.status)) return notNow(order);
  const nextStep = 'Cancel it instead: cancelOrder.';
  return refusal('NOT_YET_PAID', 'No money has been taken for it yet.', nextStep);
}

/** Why this much cannot be given back; minor units. */
export function refuseAmount(order: WholeOrder, amount: number): Refusal | undefined {
  const left = refundableAmount(order);
  if (amount <= left) return undefined;
  const { captured } = order;
  const message = `Of ${amountOf(order, captured)} that were taken, ${amountOf(order, left)} are left to be given back.`;
  const nextStep = order.refunds.some(({ status }) => status === 'PENDING')
    ? 'Wait for the refund that is under way.'
    : captured === 0
      ? 'Call off what is not wanted: cancelOrderLines or cancelOrder.'
      : 'Nothing more is owed.';
  return refusal('NOTHING_LEFT_TO_REFUND', message, nextStep, {
    code: Code.EXCEEDS_REFUNDABLE,
    field: ['amount'],
  });
}

function checkRestock(order: WholeOrder, units: LineUnits[]): OrdersUserError[] {
  const goods = units.filter((each) => isGoods(order, each));
  const away = (line: LineState) => line.shipped - line.returned;
  const stayed = order.lines.find((line) => unitsOf(goods, line.lineNumber) > away(line));
  if (!stayed) return [];
  const message =
    stayed.shipped === 0
      ? 'The goods have not left yet: cancel them instead.'
      : `More units of line ${stayed.lineNumber} than have left and not come back.`;
  return [userError(Code.INVALID_STATE, message, ['restock'])];
}

function checkQuantities(order: WholeOrder, requested: UnitsRequest[]): OrdersUserError[] {
  const asked = new Map<number, number>();
  return requested.flatMap(({ lineNumber, quantity }, i): OrdersUserError[] => {
    const line = order.lines.find((each) => each.lineNumber === lineNumber);
    const at = (name: string) => ['lines', `${i}`, name];
    if (!line) return [userError(Code.NOT_FOUND, 'The order has no such line.', at('lineNumber'))];
    if (!Number.isInteger(quantity) || quantity < 1)
      return [userError(Code.INVALID_QUANTITY, 'Refund at least one unit.', at('quantity'))];
    const total = (asked.get(lineNumber) ?? 0) + quantity;
    asked.set(lineNumber, total);
    if (total <= line.quantity - line.refunded) return [];
    const message = 'More units than were bought and not yet refunded.';
    return [userError(Code.EXCEEDS_REFUNDABLE, message, at('quantity'))];
  });
}
