import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

beforeEach(() => {
  payments.statements.length = 0;
});

afterAll(() => payments.close());

describe('authorizing with a test card', () => {
  it('holds the money', async () => {
    const order = anOrder();
    expect(await payments.one.authorizePayment(order)).toEqual({
      outcome: 'AUTHORIZED',
      amount: 1050,
    });
    expect(await payments.payment(order.orderId)).toMatchObject({
      state: 'AUTHORIZED',
      authorized: 1050,
      captured: 0,
      checkAfterMs: null,
    });
  });

  it.each([
    ['pm_card_decline', 'CARD_DECLINED', true],
    ['pm_card_insufficient_funds', 'INSUFFICIENT_FUNDS', false],
    ['pm_unheard_of', 'UNKNOWN_PAYMENT_METHOD', true],
  ])('is declined: %s', async (method, code, hard) => {
    const order = anOrder({ method });
    const declined = { outcome: 'DECLINED', code, hard };
    expect(await payments.one.authorizePayment(order)).toEqual(declined);
    expect(await payments.one.authorizePayment(order)).toEqual(declined);
    expect(await payments.payment(order.orderId)).toMatchObject({
      state: 'DECLINED',
      authorized: 0,
      failureCode: code,
    });
  });

  it('says so while the provider does not answer, and leaves the intent', async () => {
    const order = anOrder({ method: 'pm_card_timeout' });
    expect(await payments.one.authorizePayment(order)).toMatchObject({ outcome: 'UNANSWERED' });
    expect(await payments.payment(order.orderId)).toMatchObject({ state: 'REQUESTED' });
  });

  it('finds on the second try what the first one held', async () => {
    const order = anOrder({ method: 'pm_card_timeout_once' });
    expect(await payments.one.authorizePayment(order)).toMatchObject({ outcome: 'UNANSWERED' });
    expect(await payments.one.authorizePayment(order)).toMatchObject({ outcome: 'AUTHORIZED' });
  });

  it('is pending, and asked again answers what is true now', async () => {
    const order = anOrder({ method: 'pm_card_settle_late' });
    expect(await payments.one.authorizePayment(order)).toMatchObject({ outcome: 'PENDING' });
    expect(await payments.payment(order.orderId)).toMatchObject({ state: 'PENDING' });
    expect(await payments.one.authorizePayment(order)).toMatchObject({ outcome: 'AUTHORIZED' });
  });
});

describe('authorizing again', () => {
  it('answers the same and asks nobody', async () => {
    const order = anOrder();
    const first = await payments.one.authorizePayment(order);
    const before = await payments.payment(order.orderId);
    expect(await payments.one.authorizePayment(order)).toEqual(first);
    expect(await payments.payment(order.orderId)).toEqual(before);
  });

  it('with 20 calls at once is one payment', async () => {
    const order = anOrder();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => payments.batch.authorizePayment([order])),
    );
    expect(new Set(answers.flat().map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"outcome":"AUTHORIZED","amount":1050}']),
    );
  });

  it('in a new attempt is a new payment', async () => {
    const order = anOrder({ method: 'pm_card_insufficient_funds' });
    await payments.one.authorizePayment(order);
    const second = { ...order, attempt: 2, method: 'pm_card_approve' };
    expect(await payments.one.authorizePayment(second)).toMatchObject({ outcome: 'AUTHORIZED' });
  });

  it('repairs a crash between the provider and the record', async () => {
    const order = anOrder();
    const request = await crashBeforeAnswer(payments, order);
    await payments.provider.authorize({ ...order, key: request.id });
    expect(await payments.one.authorizePayment(order)).toMatchObject({ outcome: 'AUTHORIZED' });
    expect((await payments.payment(order.orderId))?.id).toBe(request.id);
  });
});

describe('authorizing for an order that was reversed', () => {
  it('is refused before anything is held', async () => {
    const order = anOrder();
    await payments.one.reversePayment({ orderId: order.orderId });
    expect(await payments.one.authorizePayment(order)).toEqual({
      outcome: 'DECLINED',
      code: 'PAYMENT_REVERSED',
      hard: true,
    });
    expect(await payments.payment(order.orderId)).toBeUndefined();
  });

  it('gives free again what was held meanwhile', async () => {
    const order = anOrder();
    const racing = await openTestPayments({
      interfere: (provider) => ({
        authorize: async (request) => {
          // The whole reversal happens while the provider is still asked, and finds nothing to void.
          await racing.one.reversePayment({ orderId: order.orderId });
          return provider.authorize(request);
        },
      }),
    });
    expect(await racing.one.authorizePayment(order)).toMatchObject({ code: 'PAYMENT_REVERSED' });
    const payment = await racing.payment(order.orderId);
    expect(payment).toMatchObject({ state: 'VOIDED', checkAfterMs: null });
    expect(await racing.provider.lookUp(payment?.id ?? '')).toMatchObject({ outcome: 'DECLINED' });
    await racing.close();
  });
});

describe('a batch', () => {
  it('answers each input in its place, whatever becomes of the others', async () => {
    const twice = anOrder();
    const batch = [
      anOrder(),
      anOrder({ method: 'pm_card_timeout' }),
      twice,
      anOrder({ method: 'pm_card_decline' }),
      anOrder({ method: 'pm_card_settle_late' }),
      twice,
      anOrder({ method: 'pm_card_timeout_once' }),
    ];
    const answers = await payments.batch.authorizePayment(batch);
    expect(answers.map((a) => (a instanceof Error ? a.name : a.outcome))).toEqual([
      'AUTHORIZED',
      'UNANSWERED',
      'AUTHORIZED',
      'DECLINED',
      'PENDING',
      'AUTHORIZED',
      'UNANSWERED',
    ]);
  });

  it.each([1, 16, 64])('of %i costs two statements', async (size) => {
    await payments.batch.authorizePayment(orders(size));
    expect(payments.statements).toEqual(['payments.request', 'payments.change']);
  });
});

it('gives up what the provider has not decided for a day, for another to take its place', async () => {
  const order = anOrder({ method: 'pm_card_never_settles' });
  expect(await payments.one.authorizePayment(order)).toMatchObject({ outcome: 'PENDING' });
  const text = `update payments set created_at = now() - interval '25 hours' where order_id = $1`;
  await payments.db.query('test.age', text, [order.orderId]);
  const declined = { outcome: 'DECLINED', code: 'NOT_AUTHORIZED_IN_TIME', hard: false };
  expect(await payments.one.authorizePayment(order)).toEqual(declined);
  expect(await payments.one.authorizePayment(order)).toEqual(declined);
  const { id, state } = (await payments.payment(order.orderId)) ?? {};
  expect(state).toBe('VOIDED');
  expect(await payments.provider.lookUp(id ?? '')).toMatchObject({ outcome: 'DECLINED' });
  const another = { ...order, attempt: 2, method: 'pm_card_approve' };
  expect(await payments.one.authorizePayment(another)).toMatchObject({ outcome: 'AUTHORIZED' });
});
