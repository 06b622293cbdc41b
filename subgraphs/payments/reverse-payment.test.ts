import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PaymentProviderTimeout } from './providers/provider.js';
import {
  allOf,
  anOrder,
  crashBeforeAnswer,
  openTestPayments,
  orders,
  paidOrder,
  type TestPayments,
} from './testing/payments.js';

let payments: TestPayments;

beforeAll(async () => {
  payments = await openTestPayments({ settleAfterMs: 0 });
});

afterAll(() => payments.close());

const NOTHING_PAID = { outcome: 'REVERSED', refunded: 0 };

async function authorized(method: string): Promise<string> {
  const order = anOrder({ method });
  await payments.one.authorizePayment(order).catch(() => undefined);
  return order.orderId;
}

async function whatTheProviderHolds(orderId: string) {
  const payment = await payments.payment(orderId);
  return payments.provider.lookUp(payment?.id ?? '');
}

describe('reversing', () => {
  it('an order that nobody paid does nothing', async () => {
    expect(await payments.one.reversePayment(anOrder())).toEqual(NOTHING_PAID);
  });

  it('gives held money free, and does nothing twice', async () => {
    const orderId = await authorized('pm_card_approve');
    expect(await payments.one.reversePayment({ orderId })).toEqual(NOTHING_PAID);
    expect(await payments.one.reversePayment({ orderId })).toEqual(NOTHING_PAID);
    expect(await payments.payment(orderId)).toMatchObject({ state: 'VOIDED', captured: 0 });
    expect(await whatTheProviderHolds(orderId)).toMatchObject({ outcome: 'DECLINED' });
  });

  it('leaves a declined payment as it is', async () => {
    const orderId = await authorized('pm_card_decline');
    expect(await payments.one.reversePayment({ orderId })).toEqual(NOTHING_PAID);
    expect(await payments.payment(orderId)).toMatchObject({ state: 'DECLINED' });
  });

  it('cancels what is pending, so that it never settles', async () => {
    const orderId = await authorized('pm_card_settle_late');
    expect(await payments.one.reversePayment({ orderId })).toEqual(NOTHING_PAID);
    expect(await payments.payment(orderId)).toMatchObject({ state: 'VOIDED', checkAfterMs: null });
    expect(await whatTheProviderHolds(orderId)).toMatchObject({ outcome: 'DECLINED' });
  });

  it('voids what could not be captured, and keeps the reason', async () => {
    const orderId = await authorized('pm_card_capture_fails');
    await payments.one.capturePayment(allOf({ orderId }));
    expect(await payments.one.reversePayment({ orderId })).toEqual(NOTHING_PAID);
    expect(await payments.payment(orderId)).toMatchObject({
      state: 'VOIDED',
      failureCode: 'CAPTURE_REFUSED',
    });
  });

  it('refunds what was captured', async () => {
    const { orderId } = await paidOrder(payments);
    const reversed = { outcome: 'REVERSED', refunded: 1050 };
    expect(await payments.one.reversePayment({ orderId })).toEqual(reversed);
    expect(await payments.one.reversePayment({ orderId })).toEqual(reversed);
    expect(await payments.payment(orderId)).toMatchObject({ state: 'REFUNDED', refunded: 1050 });
    expect(await payments.refunds(orderId)).toHaveLength(1);
  });

  it('refunds the rest after a partial refund', async () => {
    const { orderId } = await paidOrder(payments);
    await payments.one.refundPayment({ orderId, refundId: newId(), amount: 50, reason: 'late' });
    expect(await payments.one.reversePayment({ orderId })).toMatchObject({ refunded: 1050 });
    expect((await payments.refunds(orderId)).map(({ amount }) => amount)).toEqual([50, 1000]);
  });

  it('fails while the provider refuses the refund', async () => {
    const { orderId } = await paidOrder(payments, { method: 'pm_card_refund_fails' });
    await expect(payments.one.reversePayment({ orderId })).rejects.toThrow('not all reversed');
    expect(await payments.payment(orderId)).toMatchObject({ state: 'CAPTURED' });
  });
});

describe('reversing what the provider knows better', () => {
  it.each(['pm_card_approve', 'pm_card_timeout_once', 'pm_card_settle_late'])(
    'finds and voids an authorization that was never recorded: %s',
    async (method) => {
      const order = anOrder({ method });
      const { id } = await crashBeforeAnswer(payments, order);
      await payments.provider.authorize({ ...order, key: id }).catch(() => undefined);
      expect(await payments.one.reversePayment(order)).toEqual(NOTHING_PAID);
      expect(await payments.payment(order.orderId)).toMatchObject({ state: 'VOIDED' });
      expect(await payments.provider.lookUp(id)).toMatchObject({ outcome: 'DECLINED' });
    },
  );

  it('ends an authorization that the provider never saw, and looks again later', async () => {
    const orderId = await authorized('pm_card_timeout');
    expect(await payments.one.reversePayment({ orderId })).toEqual(NOTHING_PAID);
    const payment = await payments.payment(orderId);
    expect(payment?.state).toBe('VOIDED');
    expect(payment?.checkAfterMs).toBeGreaterThan(0);
  });

  it('refunds a capture that was never recorded', async () => {
    const orderId = await authorized('pm_card_approve');
    const { id, reference } = (await payments.payment(orderId)) ?? { id: '', reference: null };
    const capture = {
      key: `${id}:${orderId}`,
      authorization: id,
      reference,
      amount: 1050,
      final: true,
    };
    await payments.provider.capture(capture);
    expect(await payments.one.reversePayment({ orderId })).toMatchObject({ refunded: 1050 });
    expect(await payments.payment(orderId)).toMatchObject({ state: 'REFUNDED', captured: 1050 });
  });
});

describe('reversing around an answer that got lost', () => {
  it('goes on where it stopped', async () => {
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
    const refund = { orderId, refundId: newId(), amount: 50, reason: 'late' };
    await expect(flaky.one.refundPayment(refund)).rejects.toThrow(PaymentProviderTimeout);
    await expect(flaky.one.reversePayment({ orderId })).rejects.toThrow(PaymentProviderTimeout);
    lose = false;
    expect(await flaky.one.reversePayment({ orderId })).toMatchObject({ refunded: 1050 });
    expect((await flaky.refunds(orderId)).map(({ amount }) => amount)).toEqual([50, 1000]);
    await flaky.close();
  });
});

describe('a batch', () => {
  it('mixes all of these', async () => {
    const [held, paid, unpaid] = [
      await authorized('pm_card_approve'),
      (await paidOrder(payments)).orderId,
      newId(),
    ];
    const stuck = (await paidOrder(payments, { method: 'pm_card_refund_fails' })).orderId;
    const batch = [held, stuck, paid, unpaid, held].map((orderId) => ({ orderId }));
    const answers = await payments.batch.reversePayment(batch);
    expect(answers.map((a) => (a instanceof Error ? 'Error' : a.refunded))).toEqual([
      0,
      'Error',
      1050,
      0,
      0,
    ]);
  });

  it('of 16 authorized orders costs four statements', async () => {
    const all = orders(16);
    await payments.batch.authorizePayment(all);
    payments.statements.length = 0;
    await payments.batch.reversePayment(all);
    expect(payments.statements).toEqual([
      'payments.reverse',
      'payments.of-orders',
      'payments.change',
      'payments.of-orders',
    ]);
  });
});
