import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anOrder,
  crashBeforeAnswer,
  openTestPayments,
  orders,
  type TestPayments,
} from './testing/payments.js';

let payments: TestPayments;

beforeAll(async () => {
  payments = await openTestPayments({ settleAfterMs: 0 });
});

afterAll(() => payments.close());

function outbox(of: TestPayments, orderId: string) {
  return of.db.query<{ type: string; data: unknown }>(
    'test.outbox',
    'select type, data from outbox where subject = $1',
    [orderId],
  );
}

describe('checking pending payments', () => {
  it('publishes what settled, once, together with its new state', async () => {
    const order = anOrder({ method: 'pm_card_settle_late', customerId: anOrder().orderId });
    await payments.one.authorizePayment(order);
    expect(await payments.one.checkPendingPayments({ limit: 100 })).toEqual({ settled: 1 });
    expect(await payments.one.checkPendingPayments({ limit: 100 })).toEqual({ settled: 0 });
    const { orderId, ...due } = order;
    expect(await payments.payment(orderId)).toMatchObject({ state: 'AUTHORIZED' });
    expect(await outbox(payments, orderId)).toEqual([{ type: 'payment.settled', data: due }]);
    expect(await payments.one.authorizePayment(order)).toMatchObject({ outcome: 'AUTHORIZED' });
  });

  it('leaves those whose time has not come', async () => {
    const patient = await openTestPayments({ settleAfterMs: 60_000 });
    const order = anOrder({ method: 'pm_card_settle_late' });
    await patient.one.authorizePayment(order);
    patient.statements.length = 0;
    expect(await patient.one.checkPendingPayments({ limit: 100 })).toEqual({ settled: 0 });
    expect(await patient.payment(order.orderId)).toMatchObject({ state: 'PENDING' });
    await patient.close();
  });

  it('asks again later about one that is still pending', async () => {
    let settled = false;
    const late = await openTestPayments({
      settleAfterMs: 0,
      interfere: (provider) => ({
        lookUp: async (key) =>
          settled
            ? provider.lookUp(key)
            : { outcome: 'PENDING', reference: 'later', checkAfterMs: 0 },
      }),
    });
    const order = anOrder({ method: 'pm_card_settle_late' });
    await late.one.authorizePayment(order);
    expect(await late.one.checkPendingPayments({ limit: 100 })).toEqual({ settled: 0 });
    expect(await outbox(late, order.orderId)).toEqual([]);
    settled = true;
    expect(await late.one.checkPendingPayments({ limit: 100 })).toEqual({ settled: 1 });
    await late.close();
  });

  it('publishes a late decline, also of a payment that the provider lost', async () => {
    const forgetful = await openTestPayments({
      settleAfterMs: 0,
      interfere: () => ({ lookUp: async () => ({ outcome: 'NOT_FOUND' }) }),
    });
    const order = anOrder({ method: 'pm_card_settle_late' });
    await forgetful.one.authorizePayment(order);
    expect(await forgetful.one.checkPendingPayments({ limit: 100 })).toEqual({ settled: 1 });
    expect(await outbox(forgetful, order.orderId)).toHaveLength(1);
    expect(await forgetful.one.authorizePayment(order)).toMatchObject({
      outcome: 'DECLINED',
      hard: false,
    });
    await forgetful.close();
  });

  it('says nothing of a payment that was reversed', async () => {
    const order = anOrder({ method: 'pm_card_settle_late' });
    await payments.one.authorizePayment(order);
    await payments.one.reversePayment(order);
    expect(await payments.one.checkPendingPayments({ limit: 100 })).toEqual({ settled: 0 });
    expect(await outbox(payments, order.orderId)).toEqual([]);
  });

  it('voids what reached the provider only after the reversal', async () => {
    const order = anOrder();
    const { id } = await crashBeforeAnswer(payments, order);
    await payments.one.reversePayment(order);
    await payments.provider.authorize({ ...order, key: id });
    const due = `update payments set check_at = now() where id = $1`;
    await payments.db.query('test.due', due, [id]);
    await payments.one.checkPendingPayments({ limit: 100 });
    expect(await payments.provider.lookUp(id)).toMatchObject({ outcome: 'DECLINED' });
    expect(await payments.payment(order.orderId)).toMatchObject({ checkAfterMs: null });
  });

  it('is done by many at once without asking twice', async () => {
    const asked: string[] = [];
    const busy = await openTestPayments({
      settleAfterMs: 0,
      interfere: (provider) => ({
        lookUp: (key) => {
          asked.push(key);
          return provider.lookUp(key);
        },
      }),
    });
    await busy.batch.authorizePayment(orders(20, { method: 'pm_card_settle_late' }));
    const checks = Array.from({ length: 4 }, () => busy.one.checkPendingPayments({ limit: 7 }));
    const alone = Array.from({ length: 4 }, () => busy.batch.checkPendingPayments([{ limit: 7 }]));
    await Promise.all([...checks, ...alone]);
    expect(asked).toHaveLength(20);
    expect(new Set(asked).size).toBe(20);
    await busy.close();
  });
});
