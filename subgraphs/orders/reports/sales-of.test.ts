import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EditState, WholeOrder } from '../order-parts.js';
import { lineOf, wholeOrderIn } from '../testing/order-state.js';
import { randomOrder } from '../testing/random-order.js';
import { type Sale, salesOf, worthOf } from './sales-of.js';

/** By SKU, '' for none. */
const told = (before: WholeOrder | undefined, after: WholeOrder) =>
  Object.fromEntries(
    salesOf(before, after).map(({ line, ...figures }) => [line?.sku ?? '', figures]),
  );
const figures = (changes: Partial<Sale>) => ({
  ...{ units: 0, gross: 0, takenOff: 0, refunded: 0 },
  ...changes,
});

/** Three A at 2.00, one B at 1.50 and postage of 3.00, paid. */
const CONFIRMED = wholeOrderIn('CONFIRMED');
const UNPAID = wholeOrderIn('CONFIRMED', { captureOn: 'SHIPMENT', captured: 0 });

const refund = (id: string, amount: number, changes: object = {}) => ({
  ...{ id, amount, status: 'REFUNDED' as const, reason: null, restock: false, lines: [] },
  ...{ failureCode: null, requestedBy: 'me', idempotencyKey: id, requestHash: '', ...changes },
});

/** Two of the three A are called off. */
const fewer = (order: WholeOrder): WholeOrder => ({
  ...order,
  lines: [lineOf(1, { cancelled: 2 }), lineOf(2), lineOf(3)],
});

/** One A less, two B more: 2.00 less and 3.00 more. */
function edited(order: WholeOrder): WholeOrder {
  const lines = [lineOf(1, { quantity: 2 }), lineOf(2, { quantity: 3 }), lineOf(3)];
  const replaced = { version: 1, total: 1050, lines: order.lines };
  return { ...order, total: 1150, lines, edits: [edit({ lines, total: 1150, replaced })] };
}

const edit = (changes: Partial<EditState>): EditState => ({
  ...{ id: 'edit-1', status: 'DONE', lines: [], total: 0, shippingAddress: null, payment: null },
  ...{ replaced: null, reason: null, rejection: null, requestedBy: 'me', ...changes },
});

describe('a confirmation', () => {
  it('sells every line, whenever it is paid', () => {
    const all = {
      A: figures({ units: 3, gross: 600 }),
      B: figures({ units: 1, gross: 150 }),
      POST: figures({ gross: 300 }),
    };
    expect(told(undefined, CONFIRMED)).toEqual(all);
    expect(told(undefined, UNPAID)).toEqual(all);
  });

  it('counts what was refunded elsewhere before, of no line', () => {
    const early = { ...CONFIRMED, refunded: 50, refunds: [refund('elsewhere', 50)] };
    expect(told(undefined, early)['']).toEqual(figures({ refunded: 50 }));
  });
});

describe('units that are called off', () => {
  it('are taken off where their money was not taken', () => {
    expect(told(UNPAID, fewer(UNPAID))).toEqual({ A: figures({ units: -2, takenOff: 400 }) });
  });

  it('count as refunded when their money is back, and not before', () => {
    const called = fewer(CONFIRMED);
    expect(told(CONFIRMED, called)).toEqual({ A: figures({ units: -2 }) });
    const lines = [{ lineNumber: 1, sku: 'A', quantity: 2 }];
    const back = { ...called, refunded: 400, refunds: [refund('r', 400, { lines })] };
    expect(told(called, back)).toEqual({ A: figures({ refunded: 400 }) });
  });

  it('are taken off as far as nothing was taken for them', () => {
    const half = { ...UNPAID, captured: 850 };
    expect(told(half, fewer(half))).toEqual({ A: figures({ units: -2, takenOff: 200 }) });
  });
});

describe('an edit', () => {
  it('sells what is more and takes off what is less', () => {
    const more = { B: figures({ units: 2, gross: 300 }) };
    expect(told(UNPAID, edited(UNPAID))).toEqual({
      A: figures({ units: -1, takenOff: 200 }),
      ...more,
    });
    const paid = { ...edited(CONFIRMED), captured: 1150 };
    expect(told(CONFIRMED, paid)).toEqual({ A: figures({ units: -1, takenOff: 200 }), ...more });
  });

  it('is refunded on the lines that it made fewer', () => {
    const lines = [lineOf(1, { quantity: 1 }), lineOf(2), lineOf(3)];
    const replaced = { version: 1, total: 1050, lines: CONFIRMED.lines };
    const less = { ...CONFIRMED, total: 650, lines, edits: [edit({ lines, replaced })] };
    expect(told(CONFIRMED, less)).toEqual({ A: figures({ units: -2 }) });
    const money = refund('r', 400, { idempotencyKey: 'edit:edit-1' });
    expect(told(less, { ...less, refunded: 400, refunds: [money] })).toEqual({
      A: figures({ refunded: 400 }),
    });
  });
});

describe('a refund', () => {
  it('belongs to the lines that it names, to the last penny', () => {
    const lines = [
      { lineNumber: 1, sku: 'A', quantity: 1 },
      { lineNumber: 2, sku: 'B', quantity: 1 },
    ];
    const back = { ...CONFIRMED, refunded: 100, refunds: [refund('r', 100, { lines })] };
    expect(told(CONFIRMED, back)).toEqual({
      A: figures({ refunded: 57 }),
      B: figures({ refunded: 43 }),
    });
  });

  it('belongs to no line where it names none', () => {
    const back = { ...CONFIRMED, refunded: 100, refunds: [refund('r', 100)] };
    expect(told(CONFIRMED, back)).toEqual({ '': figures({ refunded: 100 }) });
  });

  it('of units that were not paid for otherwise changes no units', () => {
    expect(
      told(CONFIRMED, { ...CONFIRMED, refunds: [refund('r', 5, { status: 'FAILED' })] }),
    ).toEqual({});
  });
});

describe('an order that is called off', () => {
  it('is taken off whole where nothing was taken', () => {
    const called: WholeOrder = { ...UNPAID, status: 'CANCELLING' };
    expect(told(UNPAID, called)).toEqual({
      A: figures({ units: -3, takenOff: 600 }),
      B: figures({ units: -1, takenOff: 150 }),
      POST: figures({ takenOff: 300 }),
    });
    expect(told(called, { ...called, paymentReversed: true })).toEqual({});
  });

  it('is refunded whole where all was taken, without what was refunded before', () => {
    const lines = [lineOf(1, { refunded: 3 }), lineOf(2), lineOf(3)];
    const units = [{ lineNumber: 1, sku: 'A', quantity: 3 }];
    const some = {
      ...CONFIRMED,
      lines,
      refunded: 600,
      refunds: [refund('r', 600, { lines: units })],
    };
    const called: WholeOrder = { ...some, status: 'CANCELLING' };
    const back: WholeOrder = { ...called, paymentReversed: true, refunded: 1050 };
    expect(told(some, called)).toEqual({
      A: figures({ units: -3 }),
      B: figures({ units: -1 }),
    });
    expect(told(called, back)).toEqual({
      B: figures({ refunded: 150 }),
      POST: figures({ refunded: 300 }),
    });
  });
});

describe('any two states of an order', () => {
  it('differ by what was sold, taken off and refunded between them', () => {
    fc.assert(
      fc.property(fc.option(randomOrder, { nil: undefined }), randomOrder, (before, after) => {
        const sales = salesOf(before, after);
        const net = sales.reduce(
          (sum, sale) => sum + sale.gross - sale.takenOff - sale.refunded,
          0,
        );
        const standing = (order: WholeOrder | undefined) =>
          order ? worthOf(order) - order.refunded : 0;
        expect(net).toBe(standing(after) - standing(before));
        for (const { gross, takenOff } of sales) {
          expect(Number.isSafeInteger(gross) && gross >= 0).toBe(true);
          expect(Number.isSafeInteger(takenOff) && takenOff >= 0).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
