import { describe, expect, it } from 'vitest';
import type { Payment } from './payment.js';
import { planRefund, planReversal, type Refund, refundable, refundResult } from './refund.js';

const payment: Payment = {
  id: 'p',
  orderId: 'o',
  attempt: 1,
  customerId: null,
  state: 'PARTIALLY_REFUNDED',
  amount: 100,
  authorized: 100,
  captured: 100,
  refunded: 30,
  currency: 'GBP',
  method: 'pm_card_approve',
  reference: 'r',
  failureCode: null,
  failureHard: false,
  checkAfterMs: null,
  reversed: false,
};

function refund(state: Refund['state'], amount: number): Refund {
  const ids = { id: `${state}${amount}`, paymentId: 'p', orderId: 'o', reference: 'r' };
  return { ...ids, amount, state, reason: 'why', code: null };
}

const wish = (amount: number) => ({ refundId: 'new', amount, reason: 'why' });

describe('what can be refunded', () => {
  it('is captured − refunded − pending; failed refunds do not count', () => {
    const refunds = [refund('REFUNDED', 30), refund('PENDING', 20), refund('FAILED', 50)];
    expect(refundable(payment, refunds)).toBe(50);
  });

  it("does not count another payment's refunds", () => {
    expect(refundable(payment, [{ ...refund('PENDING', 20), paymentId: 'q' }])).toBe(70);
  });

  it('is nothing before the capture', () => {
    expect(refundable({ ...payment, state: 'AUTHORIZED', captured: 0, refunded: 0 }, [])).toBe(0);
  });
});

describe('a refund', () => {
  it.each([
    [70, 'PENDING', null],
    [71, 'FAILED', 'EXCEEDS_CAPTURED'],
    [0, 'FAILED', 'AMOUNT_NOT_POSITIVE'],
    [-5, 'FAILED', 'AMOUNT_NOT_POSITIVE'],
  ])('of %i is %s', (amount, state, code) => {
    expect(planRefund(wish(amount), [payment], [])).toMatchObject({ state, code, paymentId: 'p' });
  });

  it('goes to the payment that has enough left', () => {
    const full = { ...payment, id: 'q', state: 'CAPTURED', refunded: 0 } as const;
    expect(planRefund(wish(90), [payment, full], [])).toMatchObject({ paymentId: 'q' });
  });

  it('has nothing to belong to where nothing was captured', () => {
    expect(planRefund(wish(1), [{ ...payment, state: 'DECLINED' }], [])).toBeUndefined();
    expect(refundResult(undefined)).toEqual({ outcome: 'FAILED', code: 'NOTHING_CAPTURED' });
  });

  it('is refused for an order that was reversed', () => {
    const reversed = { ...payment, reversed: true };
    expect(planRefund(wish(1), [reversed], [])).toMatchObject({ code: 'PAYMENT_REVERSED' });
  });
});

describe('a reversal', () => {
  const newId = () => 'new';

  it('refunds all that is left', () => {
    expect(planReversal([payment], [refund('REFUNDED', 30)], 'why', newId)).toEqual([
      { ...refund('PENDING', 70), id: 'new' },
    ]);
  });

  it('waits for a refund that is still open, and has nothing to do twice', () => {
    expect(planReversal([payment], [refund('PENDING', 20)], 'why', newId)).toEqual([]);
    const refunded = { ...payment, state: 'REFUNDED', refunded: 100 } as const;
    expect(planReversal([refunded], [], 'why', newId)).toEqual([]);
  });
});
