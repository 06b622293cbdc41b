import { describe, expect, it } from 'vitest';
import { ORDER_STATUSES } from '../order.js';
import { type WholeOrder, withParts } from '../order-parts.js';
import { parcel, wholeOrderIn } from '../testing/order-state.js';
import {
  cancelFulfillment,
  createFulfillment,
  holdFulfillment,
  splitFulfillment,
  updateTracking,
} from './fulfillment.js';
import type { Planned } from './planned.js';

const A = { lineNumber: 1, quantity: 2 };

function carriedOut(order: WholeOrder, planned: Planned): WholeOrder {
  if ('errors' in planned) throw new Error(JSON.stringify(planned.errors));
  return { ...withParts(order, planned.parts ?? {}), ...planned.patch };
}

const codes = (planned: Planned) =>
  'errors' in planned ? planned.errors.map(({ code, field }) => `${code} ${field?.join('.')}`) : [];

const counts = ({ lines }: WholeOrder) => lines.map(({ fulfilled }) => fulfilled);

describe('packing a parcel', () => {
  it('moves a confirmed order on, with an event for each', () => {
    const order = wholeOrderIn('CONFIRMED');
    const planned = createFulfillment(order, 'p', [A]);
    const after = carriedOut(order, planned);
    expect(after).toMatchObject({ status: 'PROCESSING', seq: order.seq + 2 });
    expect('facts' in planned && planned.facts.map(({ type, to }) => `${type} ${to}`)).toEqual([
      'processing PROCESSING',
      'fulfillment_created PROCESSING',
    ]);
    expect(after.fulfillments).toEqual([parcel('OPEN', { id: 'p', lines: [{ ...A, sku: 'A' }] })]);
    expect(counts(after)).toEqual([2, 0, 0]);
  });

  it('takes what is left where no units are named, and never a charge', () => {
    const first = carriedOut(
      wholeOrderIn('CONFIRMED'),
      createFulfillment(wholeOrderIn('CONFIRMED'), 'p', [A]),
    );
    const second = carriedOut(first, createFulfillment(first, 'q', null));
    expect(second.fulfillments[1]).toMatchObject({
      number: 2,
      lines: [
        { lineNumber: 1, sku: 'A', quantity: 1 },
        { lineNumber: 2, sku: 'B', quantity: 1 },
      ],
    });
    expect(counts(second)).toEqual([3, 1, 0]);
    expect(codes(createFulfillment(second, 'r', null))).toEqual(['INVALID_QUANTITY lines']);
  });

  it.each<[string, Array<{ lineNumber: number; quantity: number }>, string]>([
    ['more than there is', [{ lineNumber: 1, quantity: 4 }], 'INVALID_QUANTITY lines.0.quantity'],
    ['more in two goes', [A, A], 'INVALID_QUANTITY lines.1.quantity'],
    ['no units', [{ lineNumber: 1, quantity: 0 }], 'INVALID_QUANTITY lines.0.quantity'],
    ['half a unit', [{ lineNumber: 1, quantity: 0.5 }], 'INVALID_QUANTITY lines.0.quantity'],
    ['a line that is not there', [{ lineNumber: 9, quantity: 1 }], 'NOT_FOUND lines.0.lineNumber'],
    ['a charge', [{ lineNumber: 3, quantity: 1 }], 'INVALID_QUANTITY lines.0.quantity'],
    ['an empty parcel', [], 'INVALID_QUANTITY lines'],
  ])('refuses %s', (_name, units, expected) => {
    expect(codes(createFulfillment(wholeOrderIn('CONFIRMED'), 'p', units))).toEqual([expected]);
  });

  it.each(ORDER_STATUSES)(
    'an order that is %s only between confirmation and the last parcel',
    (status) => {
      const order = { ...wholeOrderIn('CONFIRMED'), status };
      const open = ['CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED'].includes(status);
      expect(codes(createFulfillment(order, 'p', [A]))).toEqual(
        open ? [] : ['INVALID_STATE orderId'],
      );
    },
  );

  it('waits while the order is on hold', () => {
    const order = wholeOrderIn('CONFIRMED');
    const held = carriedOut(order, holdFulfillment(order, 'looks like fraud'));
    expect(codes(createFulfillment(held, 'p', [A]))).toEqual(['FULFILLMENT_ON_HOLD orderId']);
    const released = carriedOut(held, holdFulfillment(held, null));
    expect(codes(createFulfillment(released, 'p', [A]))).toEqual([]);
    expect(holdFulfillment(released, null)).toMatchObject({ facts: [] });
  });
});

describe('an open parcel', () => {
  const order = wholeOrderIn('PROCESSING', { fulfillments: [parcel('OPEN')] });

  it('is split in two that together hold the same', () => {
    const after = carriedOut(
      order,
      splitFulfillment(order, { id: 'parcel-1', newId: 'q', units: [A] }),
    );
    expect(after.fulfillments.map(({ number, lines }) => [number, ...lines])).toEqual([
      [1, { lineNumber: 1, sku: 'A', quantity: 1 }, { lineNumber: 2, sku: 'B', quantity: 1 }],
      [2, { lineNumber: 1, sku: 'A', quantity: 2 }],
    ]);
    expect(counts(after)).toEqual(counts(order));
  });

  it('keeps at least one unit, and gives only what it has', () => {
    const all = parcel('OPEN').lines;
    const split = (units: typeof all) =>
      codes(splitFulfillment(order, { id: 'parcel-1', newId: 'q', units }));
    expect(split(all)).toEqual(['INVALID_QUANTITY lines']);
    expect(split([])).toEqual(['INVALID_QUANTITY lines']);
    expect(split([{ lineNumber: 2, sku: 'B', quantity: 2 }])).toEqual([
      'INVALID_QUANTITY lines.0.quantity',
    ]);
  });

  it('is unpacked: its units can be packed anew', () => {
    const after = carriedOut(order, cancelFulfillment(order, 'parcel-1', 'wrong box'));
    expect(after.fulfillments[0]?.status).toBe('CANCELLED');
    expect(counts(after)).toEqual([0, 0, 0]);
    expect(codes(createFulfillment(after, 'q', null))).toEqual([]);
  });

  it('gets another carrier', () => {
    const tracking = { carrier: 'Post', trackingNumber: '1', trackingUrl: null };
    const after = carriedOut(order, updateTracking(order, 'parcel-1', tracking));
    expect(after.fulfillments[0]).toMatchObject(tracking);
  });
});

describe('a parcel that has left', () => {
  const order = wholeOrderIn('SHIPPED');

  it.each<[string, Planned]>([
    ['unpacked', cancelFulfillment(order, 'parcel-1', null)],
    ['split', splitFulfillment(order, { id: 'parcel-1', newId: 'q', units: [A] })],
  ])('cannot be %s', (_name, planned) => {
    expect(codes(planned)).toEqual(['INVALID_STATE fulfillmentId']);
  });

  it('that is none of the order is unknown', () => {
    expect(codes(cancelFulfillment(order, 'nothing', null))).toEqual(['NOT_FOUND fulfillmentId']);
  });
});
