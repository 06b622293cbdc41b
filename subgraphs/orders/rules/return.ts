import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type Decision, followed, NOTHING, noted } from '../decision.js';
import type { LineState, ReturnedUnits, ReturnState, WholeOrder } from '../order-parts.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { notNow } from './not-now.js';
import { refuseAmount } from './plan-refund.js';
import type { Planned } from './planned.js';
import { refundRequested } from './refund.js';
import { type Refusal, refusal, refused } from './refusal.js';
import {
  checkUnits,
  counted,
  mergedUnits,
  sumOf,
  type UnitsRequest,
  unitsOf,
  worthOf,
} from './units.js';

/** Units of a line that arrived, and how many of them go back to stock. */
export interface ReceivedUnits extends UnitsRequest {
  restock: number;
}

export interface NewReturn {
  id: string;
  units: UnitsRequest[];
  reason: string | null;
  requestedBy: string;
}

/** What arrived; `amount` in minor units, null gives back what the units cost that are not yet refunded. */
export interface Receipt {
  refundId: string;
  units: ReceivedUnits[];
  amount: number | null;
  reason: string | null;
  receivedBy: string;
  /** Bare id of the location where units go back to stock; null for where they left from. */
  locationId: string | null;
}

const HAS_LEFT = ['PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED'];

/** Units that were shipped and are neither back nor announced to come back. */
export function returnableUnits(order: WholeOrder, line: LineState): number {
  const open = order.returns.filter(isOpen);
  return line.shipped - line.returned - sumOf(open, ({ lines }) => unitsOf(lines, line.lineNumber));
}

/** Somebody wants to send goods back. */
export function requestReturn(
  order: WholeOrder,
  request: NewReturn,
  key?: { idempotencyKey: string; requestHash: string },
): Planned {
  const errors = refuse(order, request.units);
  if (errors.length > 0) return { errors };
  const { id, reason, requestedBy } = request;
  const lines = mergedUnits(order, request.units);
  const announced: ReturnState = {
    id,
    number: order.returns.length + 1,
    status: 'REQUESTED',
    lines: lines.map((units) => ({ ...units, received: 0, restocked: 0 })),
    reason,
    rejection: null,
    refundId: null,
    restocking: null,
    requestedBy,
    idempotencyKey: key?.idempotencyKey ?? null,
    requestHash: key?.requestHash ?? null,
  };
  const requested = noted(order, 'return_requested', { returnId: id, lines }, reason);
  return { ...requested, parts: { returns: [announced] } };
}

/** It is not accepted; nothing else changes. */
export function rejectReturn(order: WholeOrder, id: string, reason: string | null): Planned {
  return ofOpenReturn(order, id, (open) => ({
    ...noted(order, 'return_rejected', { returnId: id }, reason),
    parts: { returns: [{ ...open, status: 'REJECTED', rejection: reason }] },
  }));
}

/** Whoever announced it keeps the goods. */
export function cancelReturn(order: WholeOrder, id: string): Planned {
  return ofOpenReturn(order, id, (open) => ({
    ...noted(order, 'return_cancelled', { returnId: id }),
    parts: { returns: [{ ...open, status: 'CANCELLED' }] },
  }));
}

/** The goods are here: they count as returned, go back to stock as far as they can be sold again, and are refunded. */
export function receiveReturn(order: WholeOrder, id: string, receipt: Receipt): Planned {
  return ofOpenReturn(order, id, (open) => {
    const lines = arrived(open, receipt.units);
    const amount = receipt.amount ?? worthOf(order, refundable(order, lines));
    const errors = [...checkReceipt(open, receipt.units), ...checkAmount(order, amount)];
    if (errors.length > 0) return { errors };
    const { refundId, locationId } = receipt;
    const refund = amount > 0 ? refundId : null;
    const received = takenIn(order, { ...open, lines }, refund, locationId);
    if (amount === 0) return received;
    return followed(order, received, (after) =>
      refundRequested(after, {
        id: receipt.refundId,
        amount,
        lines: refundable(after, lines),
        restock: false,
        reason: receipt.reason ?? open.reason,
        requestedBy: receipt.receivedBy,
        idempotencyKey: `return:${id}`,
        requestHash: '',
      }),
    );
  });
}

/** The catalog has the goods. */
export function recordRestocked(order: WholeOrder, returnId: string): Decision {
  const received = order.returns.find(({ id }) => id === returnId);
  if (received?.restocking !== 'PENDING') return NOTHING;
  return {
    ...noted(order, 'return_restocked', { returnId }),
    parts: { returns: [{ ...received, restocking: 'DONE' }] },
  };
}

/** Why no unit can be announced to come back. */
export function refuseReturn(order: WholeOrder): Refusal | undefined {
  if (!HAS_LEFT.includes(order.status)) return notNow(order);
  if (order.lines.some((line) => returnableUnits(order, line) > 0)) return undefined;
  const open = order.returns.find(isOpen);
  const nextStep = open
    ? `Wait until return ${open.number} has arrived, or call it off: cancelReturn.`
    : 'There is nothing to send back, unless more is shipped.';
  const message = 'All that has left is back or announced to come back.';
  return refusal('NOTHING_LEFT_TO_RETURN', message, nextStep);
}

/** Why there is no return to be taken in, rejected or called off. */
export function refuseOpenReturn({ returns }: WholeOrder): Refusal | undefined {
  if (returns.some(isOpen)) return undefined;
  const last = returns.at(-1);
  return last ? settled(last) : refusal('NO_OPEN_RETURN', 'No return was announced.', ANNOUNCE);
}

const isOpen = ({ status }: ReturnState) => status === 'REQUESTED';

const ANNOUNCE = 'Announce what is to come back: requestReturn.';

function settled({ number, status }: ReturnState): Refusal {
  const message = `Return ${number} is ${status} already.`;
  return refusal('NO_OPEN_RETURN', message, ANNOUNCE, { field: ['returnId'] });
}

function refuse(order: WholeOrder, units: UnitsRequest[]): OrdersUserError[] {
  if (!HAS_LEFT.includes(order.status)) return [notNow(order).error];
  if (units.length === 0)
    return [userError(Code.INVALID_QUANTITY, 'Name at least one unit.', ['lines'])];
  return checkUnits(order, units, (line) => returnableUnits(order, line));
}

function ofOpenReturn(
  order: WholeOrder,
  id: string,
  plan: (open: ReturnState) => Planned,
): Planned {
  const found = order.returns.find((each) => each.id === id);
  const field = ['returnId'];
  if (!found) return { errors: [userError(Code.NOT_FOUND, 'There is no such return.', field)] };
  return isOpen(found) ? plan(found) : refused(settled(found));
}

/** The lines of a return with what arrived of each. */
function arrived(open: ReturnState, units: ReceivedUnits[]): ReturnedUnits[] {
  return open.lines.map((line) => {
    const same = units.filter(({ lineNumber }) => lineNumber === line.lineNumber);
    return {
      ...line,
      received: sumOf(same, ({ quantity }) => quantity),
      restocked: sumOf(same, ({ restock }) => restock),
    };
  });
}

function checkReceipt(open: ReturnState, units: ReceivedUnits[]): OrdersUserError[] {
  return units.flatMap(({ lineNumber, quantity, restock }, i): OrdersUserError[] => {
    const at = (name: string) => ['lines', `${i}`, name];
    const announced = unitsOf(open.lines, lineNumber);
    const before = units.slice(0, i).filter((each) => each.lineNumber === lineNumber);
    const total = quantity + sumOf(before, (each) => each.quantity);
    if (announced === 0)
      return [userError(Code.NOT_FOUND, 'The return has no such line.', at('lineNumber'))];
    if (!Number.isInteger(quantity) || quantity < 0 || total > announced) {
      const message = `Of line ${lineNumber}, ${announced} units were announced.`;
      return [userError(Code.INVALID_QUANTITY, message, at('quantity'))];
    }
    if (Number.isInteger(restock) && restock >= 0 && restock <= quantity) return [];
    const message = 'No more units can go back to stock than have arrived.';
    return [userError(Code.INVALID_QUANTITY, message, at('restock'))];
  });
}

function checkAmount(order: WholeOrder, amount: number): OrdersUserError[] {
  if (!(amount >= 0)) {
    const message = 'An amount must be a decimal that fits the currency, 0 or more.';
    return [userError(Code.INVALID_PRICE, message, ['amount'])];
  }
  const tooMuch = refuseAmount(order, amount);
  return tooMuch ? [tooMuch.error] : [];
}

/** Units that arrived and were not refunded before. */
function refundable(order: WholeOrder, lines: ReturnedUnits[]) {
  return lines.flatMap(({ lineNumber, sku, received }) => {
    const line = order.lines.find((each) => each.lineNumber === lineNumber);
    const quantity = Math.min(received, line ? line.quantity - line.refunded : 0);
    return quantity > 0 ? [{ lineNumber, sku, quantity }] : [];
  });
}

function takenIn(
  order: WholeOrder,
  back: ReturnState,
  refundId: string | null,
  locationId: string | null,
): Decision {
  const units = back.lines.map((line) => ({ ...line, quantity: line.received }));
  const items = back.lines
    .filter(({ restocked }) => restocked > 0)
    .map(({ sku, restocked }) => ({ sku, quantity: restocked }));
  return {
    ...noted(order, 'return_received', { returnId: back.id, lines: back.lines, items, locationId }),
    parts: {
      lines: counted(order, units, 1, 'returned'),
      returns: [
        { ...back, status: 'RECEIVED', refundId, restocking: items.length > 0 ? 'PENDING' : null },
      ],
    },
  };
}
