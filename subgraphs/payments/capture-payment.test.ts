import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PaymentProviderTimeout } from './providers/provider.js';
import {
  allOf,
  anOrder,
  openTestPayments,
  orders,
  paidOrder,
  type TestPayments,
} from './testing/payments.js';

let payments: TestPayments;

beforeAll(async () => {
  payments = await openTestPayments({ settleAfterMs: 0 });
});

beforeEach(() => {
  payments.statements.length = 0;
});

afterAll(() => payments.close());

async function authorized(method = 'pm_card_approve'): Promise<string> {
  const order = anOrder({ method });
  await payments.one.authorizePayment(order);
  return order.orderId;
}

describe('capturing', () => {
  it('takes what is held, once', async () => {
    const orderId = await authorized();
    const answer = { outcome: 'CAPTURED', amount: 1050 };
    expect(await payments.one.capturePayment(allOf({ orderId }))).toEqual(answer);
    expect(await payments.one.capturePayment(allOf({ orderId }))).toEqual(answer);
    expect(await payments.payment(orderId)).toMatchObject({ state: 'CAPTURED', captured: 1050 });
  });

  it('of the attempt that succeeded, not of the one before', async () => {
    const order = anOrder({ method: 'pm_card_insufficient_funds' });
    await payments.one.authorizePayment(order);
    await payments.one.authorizePayment({ ...order, attempt: 2, method: 'pm_card_approve' });
    expect(await payments.one.capturePayment(allOf(order))).toMatchObject({
      outcome: 'CAPTURED',
    });
  });

  it.each([
    ['pm_card_decline', 'NOTHING_AUTHORIZED', []],
    ['pm_card_settle_late', 'NOTHING_AUTHORIZED', []],
    ['pm_card_capture_fails', 'CAPTURE_REFUSED', [{ attempt: 1, captured: 0 }]],
  ])('fails for %s with %s, and again', async (method, code, ended) => {
    const orderId = await authorized(method);
    const failed = { outcome: 'FAILED', code, captured: 0, ended };
    expect(await payments.one.capturePayment(allOf({ orderId }))).toEqual(failed);
    expect(await payments.one.capturePayment(allOf({ orderId }))).toEqual(failed);
  });

  it('fails where nobody ever paid', async () => {
    expect(await payments.one.capturePayment(allOf(anOrder()))).toMatchObject({
      outcome: 'FAILED',
    });
  });

  it('works for a card that settled late and for one whose answer got lost', async () => {
    for (const method of ['pm_card_settle_late', 'pm_card_timeout_once']) {
      const order = anOrder({ method });
      await payments.one.authorizePayment(order).catch(() => undefined);
      await payments.one.authorizePayment(order);
      expect(await payments.one.capturePayment(allOf(order))).toMatchObject({
        outcome: 'CAPTURED',
      });
    }
  });

  it('answers the same after a refund', async () => {
    const { orderId } = await paidOrder(payments);
    const refund = { orderId, refundId: anOrder().orderId, amount: 1050, reason: 'returned' };
    await payments.one.refundPayment(refund);
    expect(await payments.one.capturePayment(allOf({ orderId }))).toEqual({
      outcome: 'CAPTURED',
      amount: 1050,
    });
  });
});

describe('capturing around a crash or a reversal', () => {
  it('repairs a crash between the provider and the record', async () => {
    const orderId = await authorized();
    const payment = await payments.payment(orderId);
    const { id, reference } = payment ?? { id: '', reference: null };
    const request = {
      key: `${id}:${orderId}`,
      authorization: id,
      reference,
      amount: 1050,
      final: true,
    };
    await payments.provider.capture(request);
    expect(await payments.one.capturePayment(allOf({ orderId }))).toMatchObject({
      outcome: 'CAPTURED',
    });
    expect(await payments.payment(orderId)).toMatchObject({ state: 'CAPTURED' });
  });

  it('is refused once the order was reversed', async () => {
    const orderId = await authorized();
    await payments.one.reversePayment({ orderId });
    expect(await payments.one.capturePayment(allOf({ orderId }))).toEqual({
      outcome: 'FAILED',
      code: 'PAYMENT_REVERSED',
      captured: 0,
      ended: [],
    });
  });

  it('does not overwrite what happened while the provider was asked', async () => {
    const order = anOrder();
    const racing = await openTestPayments({
      interfere: (provider) => ({
        capture: async (request) => {
          const answer = await provider.capture(request);
          await racing.one.reversePayment(order);
          return answer;
        },
      }),
    });
    await racing.one.authorizePayment(order);
    expect(await racing.one.capturePayment(allOf(order))).toMatchObject({
      code: 'PAYMENT_REVERSED',
    });
    expect(await racing.payment(order.orderId)).toMatchObject({
      state: 'REFUNDED',
      captured: 1050,
      refunded: 1050,
    });
    await racing.close();
  });

  it('ends with net paid 0 whoever is first', async () => {
    const all = orders(30);
    await payments.batch.authorizePayment(all);
    const results = await Promise.all(
      all.map(async ({ orderId }, i) => {
        const capture = () => payments.batch.capturePayment([allOf({ orderId })]);
        const reverse = () => payments.batch.reversePayment([{ orderId }]);
        await Promise.all(i % 2 ? [capture(), reverse()] : [reverse(), capture()]);
        // A job asks again until it is told that all is reversed.
        await payments.one.reversePayment({ orderId });
        return payments.payment(orderId);
      }),
    );
    for (const payment of results) {
      expect(['VOIDED', 'REFUNDED']).toContain(payment?.state);
      expect(payment?.refunded).toBe(payment?.captured);
    }
  });
});

describe('a batch', () => {
  it('is not failed by one slow or broken answer', async () => {
    const all = orders(3);
    const flaky = await openTestPayments({
      interfere: (provider) => ({
        capture: async (request) => {
          const payment = await flaky.payment(all[1]?.orderId ?? '');
          if (request.authorization === payment?.id) throw new PaymentProviderTimeout('capture');
          return provider.capture(request);
        },
      }),
    });
    await flaky.batch.authorizePayment(all);
    const answers = await flaky.batch.capturePayment(all.map(allOf));
    expect(answers.map((a) => (a instanceof Error ? a.name : a.outcome))).toEqual([
      'CAPTURED',
      'PaymentProviderTimeout',
      'CAPTURED',
    ]);
    await flaky.close();
  });

  it.each([1, 16, 64])('of %i costs two statements', async (size) => {
    const all = orders(size);
    await payments.batch.authorizePayment(all);
    payments.statements.length = 0;
    await payments.batch.capturePayment(all.map(allOf));
    expect(payments.statements).toEqual(['payments.of-orders', 'payments.capture']);
  });
});
