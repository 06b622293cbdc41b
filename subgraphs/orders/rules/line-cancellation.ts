import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type Decision, followed, NOTHING, noted } from '../decision.js';
import { type LineUnits, type WholeOrder, withParts } from '../order-parts.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { nothingLeft } from './fulfillment.js';
import { notNow } from './not-now.js';
import { packedUnits } from './packing.js';
import { refuseWhileBusy } from './pending-edit.js';
import { isShippable, type Planned } from './planned.js';
import { refundableAmount, refundRequested } from './refund.js';
import { type Refusal, refusal } from './refusal.js';
import { settleShipping } from './shipment.js';
import { dueOf } from './shipment-capture.js';
import {
  checkUnits,
  counted,
  everythingLeft,
  mergedUnits,
  sumOf,
  type UnitsRequest,
  unitsLeft,
  worthOf,
} from './units.js';

export interface LineCancellationRequest {
  /** Ids of the cancellation and of the refund that it may lead to. */
  id: string;
  refundId: string;
  requestedBy: string;
  units: UnitsRequest[];
  reason: string | null;
}

/**
 * Units that will not be delivered: they go back to stock, and what was paid for them goes back to the customer. Only
 * those that are in no parcel; of an order of which nothing would be left, the whole is to be cancelled instead.
 */
export function cancelLines(order: WholeOrder, request: LineCancellationRequest): Planned {
  const errors = refuse(order, request.units);
  if (errors.length > 0) return { errors };
  const units = mergedUnits(order, request.units);
  const called = calledOff(order, units, request);
  return followed(order, called, (after) =>
    followed(after, refund(after, units, request), (paid) =>
      paid.status === 'PARTIALLY_SHIPPED' && isGone(paid) ? settleShipping(paid, {}) : NOTHING,
    ),
  );
}

/** The catalog has the units back. */
export function recordLinesReleased(order: WholeOrder, cancellationId: string): Decision {
  const cancellation = order.lineCancellations.find(({ id }) => id === cancellationId);
  if (cancellation?.status !== 'PENDING') return NOTHING;
  const released = noted(order, 'lines_released', { cancellationId });
  return {
    ...released,
    parts: { lineCancellations: [{ ...cancellation, status: 'DONE' }] },
  };
}

/** Why not a single unit can be called off. */
export function refuseLineCancellation(order: WholeOrder): Refusal | undefined {
  const refusing = isShippable(order) ? refuseWhileBusy(order) : notNow(order);
  if (refusing) return refusing;
  return everythingLeft(order).length > 0 ? refuseEmptying(order, 1) : nothingLeft(order);
}

function refuse(order: WholeOrder, units: UnitsRequest[]): OrdersUserError[] {
  if (!isShippable(order)) return [notNow(order).error];
  const edited = refuseWhileBusy(order);
  if (edited) return [edited.error];
  if (units.length === 0)
    return [userError(Code.INVALID_QUANTITY, 'Name at least one unit.', ['lines'])];
  const errors = checkUnits(order, units, unitsLeft);
  const refusing = refuseEmptying(
    order,
    sumOf(units, ({ quantity }) => quantity),
  );
  return errors.length === 0 && refusing ? [refusing.error] : errors;
}

function refuseEmptying(order: WholeOrder, units: number): Refusal | undefined {
  const goods = order.lines.filter(({ kind }) => kind === 'PRODUCT');
  if (sumOf(goods, (line) => line.quantity - line.cancelled) > units) return undefined;
  const message = 'Nothing would be left of the order: cancel it instead.';
  return refusal('LAST_UNITS', message, 'Cancel the order: cancelOrder.', { field: ['lines'] });
}

const isGone = (order: WholeOrder) =>
  order.lines.every(
    (line) => line.kind !== 'PRODUCT' || line.shipped + line.cancelled === line.quantity,
  );

/** `final`: all else has left, so what is still authorized can go free. */
function calledOff(
  order: WholeOrder,
  units: LineUnits[],
  { id, reason }: LineCancellationRequest,
): Decision {
  const lines = counted(order, units, 1, 'cancelled');
  const items = units.map(({ sku, quantity }) => ({ sku, quantity }));
  const final = order.captureOn === 'SHIPMENT' && isGone(withParts(order, { lines }));
  const told = { cancellationId: id, lines: units, items, final, ...packedUnits(order) };
  return {
    ...noted(order, 'lines_cancelled', told, reason),
    parts: { lines, lineCancellations: [{ id, status: 'PENDING', lines: units, reason }] },
  };
}

/** Where the money was taken before, it goes back; where it is taken at shipment, less will be taken. */
function refund(order: WholeOrder, units: LineUnits[], request: LineCancellationRequest): Decision {
  const overpaid = order.captureOn === 'CONFIRMATION' ? Infinity : order.captured - dueOf(order);
  const amount = Math.min(worthOf(order, units), refundableAmount(order), overpaid);
  if (amount <= 0) return NOTHING;
  return refundRequested(order, {
    id: request.refundId,
    amount,
    lines: units,
    restock: false,
    reason: request.reason,
    requestedBy: request.requestedBy,
    idempotencyKey: `lines-cancelled:${request.id}`,
    requestHash: '',
  });
}
