import { describe, expect, it } from 'vitest';
import { ORDER_STATUSES } from '../order.js';
import { type WholeOrder, withParts } from '../order-parts.js';
import { wholeOrderIn } from '../testing/order-state.js';
import type { Planned } from './planned.js';
import {
  cancelReturn,
  type Receipt,
  receiveReturn,
  recordRestocked,
  rejectReturn,
  requestReturn,
} from './return.js';

type Units = Array<[lineNumber: number, quantity: number]>;

const unitsOf = (units: Units) => units.map(([lineNumber, quantity]) => ({ lineNumber, quantity }));

const announce = (order: WholeOrder, ...units: Units) =>
  requestReturn(order, { id: 'back', units: unitsOf(units), reason: 'too big', requestedBy: 'me' });

function after(order: WholeOrder, planned: Planned): WholeOrder {
  if ('errors' in planned) throw new Error(JSON.stringify(planned.errors));
  return { ...withParts(order, planned.parts ?? {}), ...planned.patch };
}

const codes = (planned: Planned) =>
  'errors' in planned ? planned.errors.map(({ code, field }) => `${code} ${field?.join('.')}`) : [];
const types = (planned: Planned) =>
  'facts' in planned ? planned.facts.map(({ type }) => type) : [];

/** A shipped order of which two A and the B are announced to come back. */
function announced(order = wholeOrderIn('SHIPPED')) {
  return after(order, announce(order, [1, 2], [2, 1]));
}

const receipt = (changes: Partial<Receipt> = {}): Receipt => ({
  refundId: 'money',
  units: [
    { lineNumber: 1, quantity: 2, restock: 1 },
    { lineNumber: 2, quantity: 1, restock: 1 },
  ],
  amount: null,
  reason: null,
  locationId: null,
  receivedBy: 'staff',
  ...changes,
});

describe('announcing a return', () => {
  it('changes nothing but the history', () => {
    const order = announced();
    expect(order.returns).toMatchObject([{ id: 'back', number: 1, status: 'REQUESTED' }]);
    expect(order.lines.map(({ returned }) => returned)).toEqual([0, 0, 0]);
    expect(order.status).toBe('SHIPPED');
  });

  it.each(ORDER_STATUSES)('of an order that is %s needs units that have left', (status) => {
    const order = { ...wholeOrderIn('SHIPPED'), status };
    const left = ['PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED'].includes(status);
    expect(codes(announce(order, [1, 1]))).toEqual(left ? [] : ['INVALID_STATE orderId']);
  });

  it.each<[string, Units, string]>([
    ['nothing', [], 'INVALID_QUANTITY lines'],
    ['more than has left', [[1, 4]], 'INVALID_QUANTITY lines.0.quantity'],
    ['a charge', [[3, 1]], 'INVALID_QUANTITY lines.0.quantity'],
    ['a line that is not there', [[9, 1]], 'NOT_FOUND lines.0.lineNumber'],
  ])('refuses %s', (_name, units, expected) => {
    expect(codes(announce(wholeOrderIn('SHIPPED'), ...units))).toEqual([expected]);
  });

  it('counts what is announced already, until that is called off or not accepted', () => {
    const order = announced();
    expect(codes(announce(order, [1, 2]))).toEqual(['INVALID_QUANTITY lines.0.quantity']);
    expect(codes(announce(after(order, cancelReturn(order, 'back')), [1, 3]))).toEqual([]);
    expect(codes(announce(after(order, rejectReturn(order, 'back', 'worn')), [1, 3]))).toEqual([]);
  });
});

describe('a return that arrives', () => {
  it('counts as returned, goes back to stock as far as it can be sold, and is refunded', () => {
    const order = announced();
    const planned = receiveReturn(order, 'back', receipt());
    expect(types(planned)).toEqual(['return_received', 'refund_requested']);
    expect('facts' in planned && planned.facts[0]?.data).toMatchObject({
      items: [
        { sku: 'A', quantity: 1 },
        { sku: 'B', quantity: 1 },
      ],
    });
    const now = after(order, planned);
    expect(now.lines.map(({ returned, refunded }) => [returned, refunded])).toEqual([
      [2, 2],
      [1, 1],
      [0, 0],
    ]);
    expect(now.refunds).toMatchObject([
      { id: 'money', amount: 550, restock: false, reason: 'too big' },
    ]);
    expect(now.returns).toMatchObject([
      { status: 'RECEIVED', refundId: 'money', restocking: 'PENDING' },
    ]);
  });

  it('in part, unsellable and without money back', () => {
    const order = announced();
    const units = [{ lineNumber: 1, quantity: 1, restock: 0 }];
    const planned = receiveReturn(order, 'back', receipt({ units, amount: 0 }));
    expect(types(planned)).toEqual(['return_received']);
    const now = after(order, planned);
    expect(now.returns).toMatchObject([{ status: 'RECEIVED', refundId: null, restocking: null }]);
    expect(now.lines[0]).toMatchObject({ returned: 1, refunded: 0 });
    expect(codes(announce(now, [1, 2]))).toEqual([]);
  });

  it('is not refunded twice for units that were refunded before', () => {
    const order = announced();
    const lines = order.lines.map((line) => (line.sku === 'A' ? { ...line, refunded: 2 } : line));
    const now = after({ ...order, lines }, receiveReturn({ ...order, lines }, 'back', receipt()));
    expect(now.refunds).toMatchObject([{ amount: 350 }]);
    expect(now.lines[0]).toMatchObject({ returned: 2, refunded: 3 });
  });

  it.each<[string, Partial<Receipt>, string]>([
    [
      'more than announced',
      { units: [{ lineNumber: 1, quantity: 3, restock: 0 }] },
      'INVALID_QUANTITY lines.0.quantity',
    ],
    [
      'less than nothing',
      { units: [{ lineNumber: 1, quantity: -1, restock: 0 }] },
      'INVALID_QUANTITY lines.0.quantity',
    ],
    [
      'another line',
      { units: [{ lineNumber: 3, quantity: 1, restock: 0 }] },
      'NOT_FOUND lines.0.lineNumber',
    ],
    [
      'more to stock than came',
      { units: [{ lineNumber: 1, quantity: 1, restock: 2 }] },
      'INVALID_QUANTITY lines.0.restock',
    ],
    ['an amount below 0', { amount: -1 }, 'INVALID_PRICE amount'],
    ['no amount', { amount: Number.NaN }, 'INVALID_PRICE amount'],
    ['more than was paid', { amount: 1051 }, 'EXCEEDS_REFUNDABLE amount'],
  ])('is refused: %s', (_name, changes, expected) => {
    expect(codes(receiveReturn(announced(), 'back', receipt(changes)))).toEqual([expected]);
  });

  it('arrives once, and its goods are put back once', () => {
    const order = announced();
    const now = after(order, receiveReturn(order, 'back', receipt()));
    expect(codes(receiveReturn(now, 'back', receipt()))).toEqual(['INVALID_STATE returnId']);
    const back = recordRestocked(now, 'back');
    expect(types(back)).toEqual(['return_restocked']);
    expect(recordRestocked(after(now, back), 'back').facts).toEqual([]);
    expect(recordRestocked(order, 'back').facts).toEqual([]);
  });

  it('that nobody announced is unknown', () => {
    expect(codes(receiveReturn(announced(), 'other', receipt()))).toEqual(['NOT_FOUND returnId']);
  });
});
