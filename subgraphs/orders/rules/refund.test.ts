import { describe, expect, it } from 'vitest';
import { type RefundPart, withParts } from '../order-parts.js';
import { wholeOrderIn } from '../testing/order-state.js';
import {
  recordFoundRefund,
  recordRefunded,
  recordRefundFailed,
  refundableAmount,
  refundRequested,
} from './refund.js';

const REFUND = {
  id: 'r',
  amount: 400,
  reason: null,
  restock: true,
  lines: [
    { lineNumber: 1, sku: 'A', quantity: 2 },
    { lineNumber: 3, sku: 'POST', quantity: 1 },
  ],
  requestedBy: 'staff',
  idempotencyKey: 'k',
  requestHash: 'h',
};

function refunding(changes: Partial<RefundPart> = {}, order = wholeOrderIn('SHIPPED')) {
  const requested = refundRequested(order, { ...REFUND, ...changes });
  return { ...withParts(order, requested.parts ?? {}), ...requested.patch };
}

const DONE = { refundId: 'r', amount: 400 };

describe('a refund', () => {
  it('counts its units, goods that come back as returned too', () => {
    const order = refunding();
    expect(order.lines.map(({ refunded, returned }) => [refunded, returned])).toEqual([
      [2, 2],
      [0, 0],
      [1, 0],
    ]);
    expect(refunding({ restock: false }).lines[0]).toMatchObject({ refunded: 2, returned: 0 });
  });

  it('leaves less to refund as soon as it is asked for', () => {
    expect(refundableAmount(refunding())).toBe(650);
  });

  it.each([
    [400, 'PARTIALLY_REFUNDED'],
    [1050, 'REFUNDED'],
  ])('of %d makes the order %s, once', (amount, refundStatus) => {
    const order = refunding({ amount });
    const done = recordRefunded({ ...order, needsAttention: 'dead' }, { ...DONE, amount });
    expect(done.patch).toMatchObject({ refunded: amount, refundStatus, needsAttention: null });
    const after = withParts(order, done.parts ?? {});
    expect(recordRefunded(after, { ...DONE, amount }).facts).toEqual([]);
    expect(recordRefundFailed(after, { refundId: 'r', code: 'no' }).facts).toEqual([]);
  });

  it('done after all was given back only finds its way into the history', () => {
    const order = refunding({}, wholeOrderIn('SHIPPED', { refunded: 1050, paymentReversed: true }));
    const done = recordRefunded(order, DONE);
    expect(done.facts.map(({ type }) => type)).toEqual(['refunded']);
    expect(done.patch).not.toHaveProperty('refunded');
  });

  it('that failed gives its units free', () => {
    const order = refunding();
    const failed = recordRefundFailed(order, { refundId: 'r', code: 'no' });
    const after = withParts(order, failed.parts ?? {});
    expect(after.lines.map(({ refunded, returned }) => [refunded, returned])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(after.refunds).toMatchObject([{ status: 'FAILED', failureCode: 'no' }]);
    expect(refundableAmount(after)).toBe(1050);
  });

  it('that nobody asked for is not recorded', () => {
    expect(recordRefunded(wholeOrderIn('SHIPPED'), DONE).facts).toEqual([]);
  });
});

describe('a refund that somebody made at the payment provider', () => {
  const FOUND = { refundId: 'f', amount: 400, reason: 'why' };

  it('is one of ours, once', () => {
    const order = wholeOrderIn('SHIPPED', { needsAttention: 'disputed' });
    const found = recordFoundRefund(order, FOUND);
    expect(found.facts).toMatchObject([{ type: 'refunded', reason: 'why' }]);
    expect(found.patch).toMatchObject({ refunded: 400, refundStatus: 'PARTIALLY_REFUNDED' });
    expect(found.patch).not.toHaveProperty('needsAttention');
    expect(found.parts?.refunds).toMatchObject([{ id: 'f', status: 'REFUNDED', lines: [] }]);
    const after = withParts(order, found.parts ?? {});
    expect(recordFoundRefund(after, FOUND).facts).toEqual([]);
  });

  it('says that its money had been captured, which the order may hear of later', () => {
    const order = wholeOrderIn('AUTHORIZED', { captured: 0 });
    const { patch } = recordFoundRefund(order, FOUND);
    expect(patch).toMatchObject({ captured: 400, refunded: 400, refundStatus: 'REFUNDED' });
  });

  it('after all was given back only finds its way into the history', () => {
    const order = wholeOrderIn('CANCELLED', { refunded: 1050, paymentReversed: true });
    const found = recordFoundRefund(order, FOUND);
    expect(found.facts.map(({ type }) => type)).toEqual(['refunded']);
    expect(found.patch).not.toHaveProperty('refunded');
  });
});
