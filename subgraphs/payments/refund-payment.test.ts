import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PaymentProviderTimeout } from './providers/provider.js';
import {
  allOf,
  anOrder,
  openTestPayments,
  paidOrder,
  sharedOrder,
  type TestPayments,
} from './testing/payments.js';

let payments: TestPayments;

beforeAll(async () => {
  payments = await openTestPayments({ settleAfterMs: 0 });
});

afterAll(() => payments.close());

function refundOf(orderId: string, amount: number) {
  return { orderId, refundId: newId(), amount, reason: 'returned' };
}

describe('refunding', () => {
  it('gives back a part, then the rest', async () => {
    const { orderId } = await paidOrder(payments);
    expect(await payments.one.refundPayment(refundOf(orderId, 1000))).toEqual({
      outcome: 'REFUNDED',
      amount: 1000,
    });
    expect(await payments.payment(orderId)).toMatchObject({
      state: 'PARTIALLY_REFUNDED',
      refunded: 1000,
    });
    await payments.one.refundPayment(refundOf(orderId, 50));
    expect(await payments.payment(orderId)).toMatchObject({ state: 'REFUNDED', refunded: 1050 });
  });

  it('happens once per refund id', async () => {
    const { orderId } = await paidOrder(payments);
    const refund = refundOf(orderId, 100);
    const answers = await Promise.all([
      payments.batch.refundPayment([refund, refund]),
      payments.batch.refundPayment([refund]),
    ]);
    for (const answer of answers.flat()) expect(answer).toMatchObject({ outcome: 'REFUNDED' });
    expect(await payments.payment(orderId)).toMatchObject({ refunded: 100 });
  });

  it('beyond what was captured is refused, kept, and refused again', async () => {
    const { orderId } = await paidOrder(payments);
    const tooMuch = refundOf(orderId, 1051);
    const refused = { outcome: 'FAILED', code: 'EXCEEDS_CAPTURED', refunded: 0 };
    expect(await payments.one.refundPayment(tooMuch)).toEqual(refused);
    expect(await payments.one.refundPayment(tooMuch)).toEqual(refused);
    expect(await payments.refunds(orderId)).toMatchObject([{ state: 'FAILED' }]);
    expect(await payments.payment(orderId)).toMatchObject({ state: 'CAPTURED', refunded: 0 });
  });

  it('needs a capture', async () => {
    const order = anOrder();
    await payments.one.authorizePayment(order);
    expect(await payments.one.refundPayment(refundOf(order.orderId, 1))).toEqual({
      outcome: 'FAILED',
      code: 'NOTHING_CAPTURED',
      refunded: 0,
    });
  });

  it('fails where the provider refuses, and the payment stays as it is', async () => {
    const { orderId } = await paidOrder(payments, { method: 'pm_card_refund_fails' });
    const refund = refundOf(orderId, 50);
    expect(await payments.one.refundPayment(refund)).toMatchObject({ code: 'REFUND_REFUSED' });
    expect(await payments.one.refundPayment(refund)).toMatchObject({ code: 'REFUND_REFUSED' });
    expect(await payments.payment(orderId)).toMatchObject({ state: 'CAPTURED', refunded: 0 });
  });

  it('is over once the order was reversed', async () => {
    const { orderId } = await paidOrder(payments);
    await payments.one.reversePayment({ orderId });
    expect(await payments.one.refundPayment(refundOf(orderId, 1))).toMatchObject({
      code: 'PAYMENT_REVERSED',
    });
  });
});

describe('a refund that two payments share', () => {
  it('says what went back where the second is refused', async () => {
    const orderId = await sharedOrder(payments, 'pm_card_refund_fails');
    await payments.one.capturePayment(allOf({ orderId }));
    const refund = refundOf(orderId, 700);
    const failed = { outcome: 'FAILED', code: 'REFUND_REFUSED', refunded: 600 };
    expect(await payments.one.refundPayment(refund)).toEqual(failed);
    expect(await payments.one.refundPayment(refund)).toEqual(failed);
    const own = await payments.payments(orderId);
    expect(own.map(({ refunded }) => refunded)).toEqual([600, 0]);
  });
});

describe('concurrent refunds', () => {
  it('never exceed what was captured, even if the provider would pay', async () => {
    const generous = await openTestPayments({
      interfere: () => ({ refund: async ({ amount }) => ({ outcome: 'REFUNDED', amount }) }),
    });
    const { orderId } = await paidOrder(generous, { amount: 1000 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        generous.batch.refundPayment([refundOf(orderId, 150), refundOf(orderId, 150)]),
      ),
    );
    const done = answers.flat().filter((a) => !(a instanceof Error) && a.outcome === 'REFUNDED');
    expect(done).toHaveLength(6);
    expect(await generous.payment(orderId)).toMatchObject({ refunded: 900 });
    await generous.close();
  });

  it('in one batch count each other', async () => {
    const { orderId } = await paidOrder(payments, { amount: 1000 });
    const batch = [600, 600, 400, 1].map((amount) => refundOf(orderId, amount));
    const answers = await payments.batch.refundPayment(batch);
    expect(answers.map((a) => (a instanceof Error ? a.name : a.outcome))).toEqual([
      'REFUNDED',
      'FAILED',
      'REFUNDED',
      'FAILED',
    ]);
  });
});

describe('a refund whose answer got lost', () => {
  it('counts until it is known, and is asked for again with the same key', async () => {
    let lose = true;
    const flaky = await openTestPayments({
      interfere: (provider) => ({
        refund: async (request) => {
          const answer = await provider.refund(request);
          if (lose) throw new PaymentProviderTimeout('refund');
          return answer;
        },
      }),
    });
    const { orderId } = await paidOrder(flaky);
    const lost = refundOf(orderId, 1000);
    await expect(flaky.one.refundPayment(lost)).rejects.toThrow(PaymentProviderTimeout);
    lose = false;
    expect(await flaky.one.refundPayment(refundOf(orderId, 100))).toMatchObject({
      code: 'EXCEEDS_CAPTURED',
    });
    expect(await flaky.one.refundPayment(lost)).toMatchObject({ outcome: 'REFUNDED' });
    expect(await flaky.payment(orderId)).toMatchObject({ refunded: 1000 });
    await flaky.close();
  });
});

it('costs a batch of 16 a handful of statements', async () => {
  const paid = await Promise.all(Array.from({ length: 16 }, () => paidOrder(payments)));
  payments.statements.length = 0;
  await payments.batch.refundPayment(paid.map(({ orderId }) => refundOf(orderId, 10)));
  expect(payments.statements).toEqual([
    'begin',
    'commit',
    'payments.of-orders-locked',
    'refunds.find',
    'refunds.insert',
    'refunds.settle',
  ]);
});
