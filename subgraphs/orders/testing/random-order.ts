import fc from 'fast-check';
import { ORDER_STATUSES } from '../order.js';
import {
  type EditState,
  FULFILLMENT_STATUSES,
  type FulfillmentState,
  type LineState,
  type LineUnits,
  RETURN_STATUSES,
  type ReturnState,
  type WholeOrder,
} from '../order-parts.js';
import { counted, sumOf, unitsLeft } from '../rules/units.js';
import { lineOf, orderIn, parcel, paymentsThatAre } from './order-state.js';

const share = fc.integer({ min: 0, max: 3 });
const shares = fc.array(share, { minLength: 3, maxLength: 3 });

const PENDING_EDIT: EditState = {
  ...{ id: 'edit-1', status: 'PENDING', lines: [], total: 0, shippingAddress: null, payment: null },
  ...{ replaced: null, reason: null, rejection: null, requestedBy: 'me' },
};

/**
 * A whole order in any status, with parcels, returns and refunds in any of theirs. Its units and its money add up; for
 * the rest it need not be one that could have come about.
 */
export const randomOrder: fc.Arbitrary<WholeOrder> = fc
  .record({
    status: fc.constantFrom(...ORDER_STATUSES),
    captureOn: fc.constantFrom('CONFIRMATION' as const, 'SHIPMENT' as const),
    quantities: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 0, maxLength: 2 }),
    cancelled: shares,
    refunded: shares,
    parcels: fc.array(fc.record({ status: fc.constantFrom(...FULFILLMENT_STATUSES), shares }), {
      maxLength: 3,
    }),
    returns: fc.array(fc.record({ status: fc.constantFrom(...RETURN_STATUSES), shares }), {
      maxLength: 2,
    }),
    fulfillmentHold: fc.constantFrom(null, null, 'fraud?'),
    payments: fc.array(
      fc.constantFrom('DUE' as const, 'AUTHORIZED' as const, 'DECLINED' as const),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
    // Of the total, in tenths: what was captured, and of that what is given back and being given back.
    captured: fc.constantFrom(0, 5, 10, 10),
    back: fc.constantFrom(0, 0, 3, 10),
    isBackPending: fc.boolean(),
    isBeingEdited: fc.constantFrom(false, false, false, true),
  })
  .map(({ quantities, cancelled, refunded, ...drawn }) => {
    const goods = quantities.map((quantity, i) => lineOf(i + 1, { quantity }));
    let lines = [...goods, lineOf(3)].map((line, i): LineState => {
      const most = line.kind === 'PRODUCT' ? line.quantity : 0;
      return {
        ...line,
        cancelled: Math.min(cancelled[i] as number, most),
        refunded: Math.min(refunded[i] as number, line.quantity),
      };
    });
    const merge = (changed: LineState[]) => {
      const byNumber = new Map([...lines, ...changed].map((line) => [line.lineNumber, line]));
      lines = [...byNumber.values()];
    };
    const fulfillments = drawn.parcels.flatMap(({ status, shares }, i): FulfillmentState[] => {
      const units = unitsFrom(lines, shares, unitsLeft);
      // Only of an order without goods a parcel may be empty: it stands for the order.
      if (units.length === 0 && goods.length > 0) return [];
      const hasLeft = status === 'SHIPPED' || status === 'DELIVERED';
      if (status !== 'CANCELLED') merge(counted({ lines }, units, 1, 'fulfilled'));
      if (hasLeft) merge(counted({ lines }, units, 1, 'shipped'));
      return [parcel(status, { id: `parcel-${i + 1}`, number: i + 1, lines: units })];
    });
    const announced = new Map<number, number>();
    const returns = drawn.returns.flatMap(({ status, shares }, i): ReturnState[] => {
      const left = (line: LineState) =>
        line.shipped - line.returned - (announced.get(line.lineNumber) ?? 0);
      const units = unitsFrom(lines, shares, left);
      if (units.length === 0) return [];
      if (status === 'RECEIVED') merge(counted({ lines }, units, 1, 'returned'));
      if (status === 'REQUESTED') {
        for (const { lineNumber, quantity } of units)
          announced.set(lineNumber, (announced.get(lineNumber) ?? 0) + quantity);
      }
      return [returnOf(i + 1, status, units)];
    });
    const total = sumOf(lines, (line) => line.quantity * line.unitPrice);
    const captured = Math.floor((total * drawn.captured) / 10);
    const back = Math.floor((captured * drawn.back) / 10);
    const { status, captureOn, fulfillmentHold } = drawn;
    const payments = paymentsThatAre(drawn.payments, Math.floor(total / drawn.payments.length));
    const authorized = sumOf(payments, ({ state, amount }) =>
      state === 'AUTHORIZED' ? amount : 0,
    );
    return {
      ...orderIn(status, { captureOn, fulfillmentHold, total, captured }),
      authorized: Math.max(captured, authorized),
      refunded: drawn.isBackPending ? 0 : back,
      payments,
      lines,
      fulfillments,
      refunds: back > 0 && drawn.isBackPending ? [pendingRefund(back)] : [],
      returns,
      edits: drawn.isBeingEdited ? [PENDING_EDIT] : [],
      lineCancellations: [],
    };
  });

function unitsFrom(
  lines: LineState[],
  wanted: number[],
  available: (line: LineState) => number,
): LineUnits[] {
  return lines.flatMap((line, i) => {
    const { lineNumber, sku } = line;
    const quantity = Math.min(wanted[i] as number, available(line));
    return quantity > 0 ? [{ lineNumber, sku, quantity }] : [];
  });
}

function returnOf(number: number, status: ReturnState['status'], units: LineUnits[]): ReturnState {
  const isHere = status === 'RECEIVED';
  return {
    id: `return-${number}`,
    number,
    status,
    lines: units.map((each) => ({ ...each, received: isHere ? each.quantity : 0, restocked: 0 })),
    reason: null,
    rejection: null,
    refundId: null,
    restocking: null,
    requestedBy: 'me',
    idempotencyKey: null,
    requestHash: null,
  };
}

function pendingRefund(amount: number) {
  return {
    id: 'refund-1',
    status: 'PENDING' as const,
    amount,
    reason: null,
    restock: false,
    lines: [],
    failureCode: null,
    requestedBy: 'staff',
    idempotencyKey: 'earlier',
    requestHash: 'h',
  };
}
