import { describe, expect, it } from 'vitest';
import { planRefund, planReversal, type Refund, refundable, refundResult } from './refund.js';
import { aPayment } from './testing/a-payment.js';

const payment = aPayment({
  state: 'PARTIALLY_REFUNDED',
  authorized: 100,
  captured: 100,
  refunded: 30,
  reference: 'r',
});

function refund(state: Refund['state'], amount: number): Refund {
  const id = `${state}${amount}`;
  const ids = { id, refundId: id, paymentId: 'p', orderId: 'o', reference: 'r' };
  return { ...ids, amount, state, reason: 'why', code: null };
}

const newId = () => 'another';

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
    const planned = planRefund(wish(amount), [payment], [], newId);
    expect(planned).toMatchObject([{ state, code, paymentId: 'p', refundId: 'new', id: 'new' }]);
  });

  it('goes to the payment that has enough left', () => {
    const full = { ...payment, id: 'q', state: 'CAPTURED', refunded: 0 } as const;
    expect(planRefund(wish(90), [payment, full], [], newId)).toMatchObject([
      { paymentId: 'q', amount: 90 },
    ]);
  });

  it('is shared by several payments where none has enough', () => {
    const second = { ...payment, id: 'q', refunded: 90 };
    const third = { ...payment, id: 's', refunded: 0 };
    const pending = refund('PENDING', 20);
    const of = (amount: number) =>
      planRefund(wish(amount), [payment, second, third], [pending], newId).map((part) => [
        part.id,
        part.refundId,
        part.paymentId,
        part.amount,
      ]);
    expect(of(130)).toEqual([
      ['new', 'new', 'p', 50],
      ['another', 'new', 'q', 10],
      ['another', 'new', 's', 70],
    ]);
    expect(of(161)).toEqual([['new', 'new', 's', 161]]);
  });

  it('has nothing to belong to where nothing was captured', () => {
    const declined = aPayment({ state: 'DECLINED' });
    expect(planRefund(wish(1), [declined], [], newId)).toEqual([]);
    const nothing = { outcome: 'FAILED', code: 'NOTHING_CAPTURED', refunded: 0 };
    expect(refundResult([])).toEqual(nothing);
  });

  it('is refused for an order that was reversed', () => {
    const reversed = { ...payment, reversed: true };
    expect(planRefund(wish(1), [reversed], [], newId)).toMatchObject([
      { code: 'PAYMENT_REVERSED' },
    ]);
  });

  it('has failed when a part of it has, and says what went back', () => {
    const parts = [refund('REFUNDED', 50), { ...refund('FAILED', 10), code: 'NO' }];
    expect(refundResult(parts)).toEqual({ outcome: 'FAILED', code: 'NO', refunded: 50 });
    expect(refundResult([...parts, refund('PENDING', 1)])).toBeInstanceOf(Error);
    const done = [refund('REFUNDED', 50), refund('REFUNDED', 10)];
    expect(refundResult(done)).toEqual({ outcome: 'REFUNDED', amount: 60 });
  });
});

describe('a reversal', () => {
  it('refunds all that is left', () => {
    expect(planReversal([payment], [refund('REFUNDED', 30)], 'why', newId)).toEqual([
      { ...refund('PENDING', 70), id: 'another', refundId: 'another' },
    ]);
  });

  it('waits for a refund that is still open, and has nothing to do twice', () => {
    expect(planReversal([payment], [refund('PENDING', 20)], 'why', newId)).toEqual([]);
    const refunded = { ...payment, state: 'REFUNDED', refunded: 100 } as const;
    expect(planReversal([refunded], [], 'why', newId)).toEqual([]);
  });
});
