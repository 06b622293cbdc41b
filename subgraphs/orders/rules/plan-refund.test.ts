import type { StockItem } from '@waybill/schema/commands.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ORDER_STATUSES, type OrderStatus } from '../order.js';
import type { RefundPart } from '../order-parts.js';
import { lineOf, wholeOrderIn } from '../testing/order-state.js';
import { planRefund } from './plan-refund.js';
import type { UnitsRequest } from './units.js';

interface Asked {
  status?: OrderStatus;
  lines?: UnitsRequest[];
  amount?: number | null;
  restock?: boolean;
  refunded?: number;
  pending?: number;
}

const REFUND = {
  id: 'refund-2',
  reason: null,
  requestedBy: 'staff',
  idempotencyKey: 'k',
  requestHash: 'h',
};

/** An order of 10.50 that was captured in full; its B was refunded before. */
function orderOf({ status = 'SHIPPED', refunded = 0, pending = 0 }: Asked) {
  const order = wholeOrderIn(status, { captured: 1050, refunded });
  const under = { ...REFUND, id: 'refund-1', restock: false, lines: [], failureCode: null };
  return {
    ...order,
    lines: order.lines.map((line) => (line.sku === 'B' ? { ...line, refunded: 1 } : line)),
    refunds: pending > 0 ? [{ ...under, status: 'PENDING' as const, amount: pending }] : [],
  };
}

function plan(asked: Asked) {
  const { lines = [], amount = null, restock = false } = asked;
  const planned = planRefund(orderOf(asked), { ...REFUND, lines, amount, restock });
  if ('errors' in planned) return planned;
  const refund = planned.parts?.refunds?.[0] as RefundPart;
  const due = planned.facts[0]?.data as { restock: StockItem[] };
  return { amount: refund.amount, lines: refund.lines, restock: due.restock };
}

function codes(asked: Asked): string[] {
  const result = plan(asked);
  return 'errors' in result ? result.errors.map((e) => `${e.code} ${e.field?.join('.')}`) : [];
}

describe('what is given back', () => {
  it('is what the lines cost', () => {
    expect(plan({ lines: [{ lineNumber: 1, quantity: 2 }] })).toEqual({
      amount: 400,
      lines: [{ lineNumber: 1, sku: 'A', quantity: 2 }],
      restock: [],
    });
  });

  it('is the amount that is named, with or without lines', () => {
    expect(plan({ amount: 1050 })).toEqual({ amount: 1050, lines: [], restock: [] });
    expect(plan({ amount: 1, lines: [{ lineNumber: 1, quantity: 1 }] })).toMatchObject({
      amount: 1,
    });
  });

  it('counts a line that is named twice once, with all units', () => {
    const lines = [
      { lineNumber: 1, quantity: 1 },
      { lineNumber: 1, quantity: 2 },
    ];
    expect(plan({ lines, restock: true })).toEqual({
      amount: 600,
      lines: [{ lineNumber: 1, sku: 'A', quantity: 3 }],
      restock: [{ sku: 'A', quantity: 3 }],
    });
  });

  it('counts charges, and puts only goods back to stock', () => {
    const lines = [
      { lineNumber: 3, quantity: 1 },
      { lineNumber: 1, quantity: 1 },
    ];
    expect(plan({ lines, restock: true })).toEqual({
      amount: 500,
      lines: [
        { lineNumber: 3, sku: 'POST', quantity: 1 },
        { lineNumber: 1, sku: 'A', quantity: 1 },
      ],
      restock: [{ sku: 'A', quantity: 1 }],
    });
  });
});

describe('what is refused', () => {
  const one = [{ lineNumber: 1, quantity: 1 }];

  it.each<[string, Asked, string[]]>([
    ['nothing', {}, ['INVALID_PRICE amount']],
    ['an amount of 0', { amount: 0 }, ['INVALID_PRICE amount']],
    ['an amount below 0', { amount: -1 }, ['INVALID_PRICE amount']],
    ['what is no amount', { amount: Number.NaN }, ['INVALID_PRICE amount']],
    ['more than was captured', { amount: 1051 }, ['EXCEEDS_REFUNDABLE amount']],
    ['more than is left', { amount: 51, refunded: 1000 }, ['EXCEEDS_REFUNDABLE amount']],
    [
      'more than is left by pending ones',
      { amount: 51, pending: 1000 },
      ['EXCEEDS_REFUNDABLE amount'],
    ],
    [
      'a line that is not there',
      { lines: [{ lineNumber: 9, quantity: 1 }] },
      ['NOT_FOUND lines.0.lineNumber'],
    ],
    [
      'no units',
      { lines: [{ lineNumber: 1, quantity: 0 }] },
      ['INVALID_QUANTITY lines.0.quantity'],
    ],
    [
      'more units than bought',
      { lines: [{ lineNumber: 1, quantity: 4 }] },
      ['EXCEEDS_REFUNDABLE lines.0.quantity'],
    ],
    [
      'more units than are left',
      { lines: [{ lineNumber: 2, quantity: 1 }] },
      ['EXCEEDS_REFUNDABLE lines.0.quantity'],
    ],
    [
      'more units in two goes',
      { lines: [{ lineNumber: 1, quantity: 3 }, ...one] },
      ['EXCEEDS_REFUNDABLE lines.1.quantity'],
    ],
    [
      'stock that has not left',
      { status: 'CONFIRMED', lines: one, restock: true },
      ['INVALID_STATE restock'],
    ],
  ])('%s', (_name, asked, expected) => expect(codes(asked)).toEqual(expected));

  it('restocking is no matter where no goods are named', () => {
    const postage = [{ lineNumber: 3, quantity: 1 }];
    expect(codes({ status: 'CONFIRMED', amount: 5, restock: true })).toEqual([]);
    expect(codes({ status: 'CONFIRMED', lines: postage, restock: true })).toEqual([]);
  });

  it.each(ORDER_STATUSES)('an order that is %s, unless it was paid and stands', (status) => {
    const paid = ['CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED'];
    expect(codes({ status, amount: 1 })).toEqual(
      paid.includes(status) ? [] : ['INVALID_STATE orderId'],
    );
  });
});

it('never plans more than is left, nor more units than were bought', () => {
  const asked = fc.record({
    lines: fc.array(
      fc.record({
        lineNumber: fc.integer({ min: 1, max: 4 }),
        quantity: fc.integer({ min: -1, max: 4 }),
      }),
    ),
    amount: fc.option(fc.integer({ min: -10, max: 1200 })),
    restock: fc.boolean(),
    refunded: fc.integer({ min: 0, max: 1050 }),
    pending: fc.integer({ min: 0, max: 100 }),
  });
  fc.assert(
    fc.property(asked, (request) => {
      const result = plan(request);
      if ('errors' in result) return;
      expect(result.amount).toBeGreaterThan(0);
      expect(result.amount + request.refunded + request.pending).toBeLessThanOrEqual(1050);
      for (const { lineNumber, quantity } of result.lines) {
        const before = lineNumber === 2 ? 1 : 0;
        expect(quantity + before).toBeLessThanOrEqual(lineOf(lineNumber).quantity);
      }
      expect(new Set(result.lines.map((line) => line.lineNumber)).size).toBe(result.lines.length);
    }),
  );
});
