import type { FulfillmentState, WholeOrder } from '../order-parts.js';
import { sumOf, unitsLeft, unitsOf, worthOf } from './units.js';

/** Money to take with a shipment. `final`: nothing follows, so what is still authorized can go free. */
export interface ShipmentCapture {
  amount: number;
  final: boolean;
}

/** What the order costs without the units that were called off; minor units. */
export function dueOf({ total, lines }: Pick<WholeOrder, 'total' | 'lines'>): number {
  return total - sumOf(lines, (line) => line.cancelled * line.unitPrice);
}

/** What is due and neither taken nor about to be taken with a parcel. */
export function amountLeft(order: WholeOrder): number {
  const pending = sumOf(
    order.fulfillments.filter(isUnderWay),
    (each) => each.captureAmount - each.captured,
  );
  return dueOf(order) - order.captured - pending;
}

/**
 * What is to be captured with a parcel where the money is taken at shipment: what its units cost, with the first the
 * charges too, with the last all that is still due. Never more than is due. Null where the order was paid before.
 */
export function shipmentCapture(
  order: WholeOrder,
  fulfillment: FulfillmentState,
): ShipmentCapture | null {
  if (order.captureOn === 'CONFIRMATION') return null;
  const others = order.fulfillments.filter(({ id }) => id !== fulfillment.id);
  const pending = sumOf(others.filter(isUnderWay), (each) => each.captureAmount - each.captured);
  const left = dueOf(order) - (order.captured - fulfillment.captured) - pending;
  if (isLast(order, fulfillment)) return { amount: left, final: pending === 0 };
  const charges = others.some(hasLeft) ? 0 : chargesOf(order);
  return { amount: Math.min(worthOf(order, fulfillment.lines) + charges, left), final: false };
}

const isUnderWay = ({ status }: FulfillmentState) => status === 'SHIPPING' || status === 'ON_HOLD';

const hasLeft = ({ status }: FulfillmentState) =>
  ['SHIPPING', 'SHIPPED', 'DELIVERED'].includes(status);

/** With this parcel every unit has left or is leaving. */
function isLast(order: WholeOrder, { id, lines }: FulfillmentState): boolean {
  const gone = order.fulfillments.filter((each) => each.id === id || hasLeft(each));
  return order.lines.every((line) => {
    if (line.kind !== 'PRODUCT') return true;
    const leaving = sumOf(gone, (each) =>
      unitsOf(each.id === id ? lines : each.lines, line.lineNumber),
    );
    return unitsLeft(line) === 0 && leaving === line.fulfilled;
  });
}

function chargesOf({ lines }: WholeOrder): number {
  const charges = lines.filter(({ kind }) => kind === 'CHARGE');
  return sumOf(charges, (line) => (line.quantity - line.cancelled) * line.unitPrice);
}
