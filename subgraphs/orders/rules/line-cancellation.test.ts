import { describe, expect, it } from 'vitest';
import { type WholeOrder, withParts } from '../order-parts.js';
import { lineOf, parcel, wholeOrderIn } from '../testing/order-state.js';
import { cancelLines, recordLinesReleased } from './line-cancellation.js';

const REQUEST = { id: 'c', refundId: 'r', requestedBy: 'staff', reason: 'out of print' };

const cancel = (order: WholeOrder, ...units: Array<[lineNumber: number, quantity: number]>) =>
  cancelLines(order, {
    ...REQUEST,
    units: units.map(([lineNumber, quantity]) => ({ lineNumber, quantity })),
  });

function after(order: WholeOrder, ...units: Array<[number, number]>) {
  const planned = cancel(order, ...units);
  if ('errors' in planned) throw new Error(JSON.stringify(planned.errors));
  const types = planned.facts.map(({ type }) => type);
  const data = planned.facts[0]?.data;
  return { types, data, order: { ...withParts(order, planned.parts ?? {}), ...planned.patch } };
}

const codes = (order: WholeOrder, ...units: Array<[number, number]>) => {
  const planned = cancel(order, ...units);
  return 'errors' in planned
    ? planned.errors.map(({ code, field }) => `${code} ${field?.join('.')}`)
    : [];
};

/** Two A have left; one A and the B are still here. */
const halfShipped = (changes: Partial<WholeOrder> = {}) =>
  wholeOrderIn('PARTIALLY_SHIPPED', {
    lines: [lineOf(1, { fulfilled: 2, shipped: 2 }), lineOf(2), lineOf(3)],
    fulfillments: [parcel('SHIPPED', { lines: [{ lineNumber: 1, sku: 'A', quantity: 2 }] })],
    ...changes,
  });

describe('units that are called off', () => {
  it('go back to stock, and their price to the customer', () => {
    const { types, order, data } = after(wholeOrderIn('CONFIRMED'), [1, 2]);
    expect(types).toEqual(['lines_cancelled', 'refund_requested']);
    expect(data).toMatchObject({
      cancellationId: 'c',
      items: [{ sku: 'A', quantity: 2 }],
      final: false,
    });
    expect(order.lines[0]).toMatchObject({ cancelled: 2, refunded: 2 });
    expect(order.refunds).toMatchObject([
      { id: 'r', amount: 400, status: 'PENDING', restock: false },
    ]);
    expect(order.lineCancellations).toMatchObject([{ id: 'c', status: 'PENDING' }]);
    expect(order.status).toBe('CONFIRMED');
  });

  it('go back from where nothing of the order is packed', () => {
    const packed = parcel('OPEN', {
      lines: [{ lineNumber: 1, sku: 'A', quantity: 2 }],
      locationId: 'north',
    });
    const lines = [lineOf(1, { fulfilled: 2 }), lineOf(2), lineOf(3)];
    const { data } = after(wholeOrderIn('PROCESSING', { lines, fulfillments: [packed] }), [1, 1]);
    const items = [{ sku: 'A', quantity: 2 }];
    expect(data).toMatchObject({ packed: [{ shipmentId: packed.id, locationId: 'north', items }] });
  });

  it('are not paid for where money is taken at shipment', () => {
    const unpaid = wholeOrderIn('CONFIRMED', { captureOn: 'SHIPMENT', captured: 0 });
    expect(after(unpaid, [1, 2]).types).toEqual(['lines_cancelled']);
  });

  it('bring back what was captured too much where money is taken at shipment', () => {
    const paid = halfShipped({ captureOn: 'SHIPMENT', captured: 800 });
    expect(after(paid, [1, 1], [2, 1]).order.refunds).toMatchObject([{ amount: 100 }]);
  });

  it('end the shipping where they were all that was left', () => {
    const { types, order } = after(halfShipped(), [1, 1], [2, 1]);
    expect(types).toEqual(['lines_cancelled', 'refund_requested', 'shipped']);
    expect(order.status).toBe('SHIPPED');
    const unpaid = halfShipped({ captureOn: 'SHIPMENT', captured: 700 });
    expect(after(unpaid, [1, 1], [2, 1]).data).toMatchObject({ final: true });
  });

  it('complete the delivery where every parcel had arrived', () => {
    const arrived = halfShipped({
      fulfillments: [parcel('DELIVERED', { lines: [{ lineNumber: 1, sku: 'A', quantity: 2 }] })],
    });
    expect(after(arrived, [1, 1], [2, 1]).order.status).toBe('DELIVERED');
  });

  it('are refunded only as far as money is left', () => {
    const order = wholeOrderIn('CONFIRMED', { refunded: 1000 });
    expect(after(order, [1, 2]).order.refunds).toMatchObject([{ amount: 50 }]);
  });

  it('are back once', () => {
    const { order } = after(wholeOrderIn('CONFIRMED'), [1, 2]);
    const released = recordLinesReleased(order, 'c');
    expect(released).toMatchObject({ facts: [{ type: 'lines_released' }] });
    const done = withParts(order, released.parts ?? {});
    expect(recordLinesReleased(done, 'c').facts).toEqual([]);
    expect(recordLinesReleased(order, 'other').facts).toEqual([]);
  });
});

describe('what is refused', () => {
  it.each<[string, WholeOrder, Array<[number, number]>, string]>([
    ['nothing', wholeOrderIn('CONFIRMED'), [], 'INVALID_QUANTITY lines'],
    ['too many', wholeOrderIn('CONFIRMED'), [[1, 4]], 'INVALID_QUANTITY lines.0.quantity'],
    ['a charge', wholeOrderIn('CONFIRMED'), [[3, 1]], 'INVALID_QUANTITY lines.0.quantity'],
    ['what is packed', wholeOrderIn('PROCESSING'), [[1, 1]], 'INVALID_QUANTITY lines.0.quantity'],
    [
      'everything',
      wholeOrderIn('CONFIRMED'),
      [
        [1, 3],
        [2, 1],
      ],
      'INVALID_STATE lines',
    ],
    ['units of a shipped order', wholeOrderIn('SHIPPED'), [[1, 1]], 'INVALID_STATE orderId'],
    ['units of an unpaid order', wholeOrderIn('RESERVED'), [[1, 1]], 'INVALID_STATE orderId'],
  ])('%s', (_name, order, units, expected) => expect(codes(order, ...units)).toEqual([expected]));
});
