import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStripePayments, type StripePayments } from '../testing/stripe-payments.js';
import { CAPTURED_ELSEWHERE, DISPUTED, REFUND_FAILED } from './findings.js';

let payments: StripePayments;

beforeAll(async () => {
  payments = await openStripePayments();
});
afterAll(() => payments.close());

/** Sends every event since the last time, latest first, each twice, and waits until they are taken. */
async function tell(): Promise<void> {
  const { stub } = payments;
  const events = stub.events.splice(0).toReversed();
  for (const event of [...events, ...events]) expect(await stub.send(event)).toBe(200);
  await expect.poll(() => payments.untaken()).toBe(0);
}

async function untried(): Promise<number> {
  const query = 'select id from provider_events where tries = 0';
  return (await payments.db.query('test.untried', query, [])).length;
}

async function secondLook(): Promise<void> {
  await payments.db.query('test.due', 'update provider_events set try_at = now()', []);
  await payments.one.checkPendingPayments({ limit: 100 });
}

const LATE = 'pm_card_authenticationRequired';

describe('what happens at the provider', () => {
  it('a late authorization is entered and published once', async () => {
    const { intent, ...order } = await payments.paid(false, { method: LATE });
    expect(await payments.payment(order.orderId)).toMatchObject({ state: 'PENDING' });
    payments.stub.authenticate(intent);
    await tell();
    expect(await payments.payment(order.orderId)).toMatchObject({ state: 'AUTHORIZED' });
    const { orderId, ...due } = order;
    expect(payments.news(orderId)).toEqual([['payment.settled', due]]);
    expect(await payments.one.authorizePayment(order)).toMatchObject({ outcome: 'AUTHORIZED' });
  });

  it('an authentication that failed is a decline', async () => {
    const { orderId, intent } = await payments.paid(false, { method: LATE });
    payments.stub.authenticate(intent, false);
    await tell();
    expect(await payments.payment(orderId)).toMatchObject({
      state: 'DECLINED',
      failureCode: 'PAYMENT_INTENT_AUTHENTICATION_FAILURE',
      failureHard: false,
    });
    expect(payments.news(orderId)).toMatchObject([['payment.settled', {}]]);
  });

  it('says nothing new of what we did ourselves', async () => {
    const { orderId } = await payments.paid(true);
    const refund = { orderId, refundId: newId(), amount: 50, reason: 'late' };
    await payments.one.refundPayment(refund);
    const before = await payments.payment(orderId);
    await tell();
    expect(await payments.payment(orderId)).toEqual(before);
    expect(await payments.refunds(orderId)).toHaveLength(1);
    expect(payments.news(orderId)).toEqual([]);
  });

  it('a capture by hand is entered, and is as good as ours', async () => {
    const { orderId, intent, amount } = await payments.paid(false);
    payments.stub.bank.capture(intent, {});
    await tell();
    expect(await payments.payment(orderId)).toMatchObject({ state: 'CAPTURED', captured: 1050 });
    const reason = CAPTURED_ELSEWHERE;
    expect(payments.news(orderId)).toEqual([['payment.attention_needed', { reason }]]);
    const capture = { orderId, captureId: newId(), amount, final: true };
    const captured = { outcome: 'CAPTURED', amount };
    expect(await payments.one.capturePayment(capture)).toEqual(captured);
    expect(await payments.one.capturePayment(capture)).toEqual(captured);
  });

  it('a capture by hand after our first part is told from it', async () => {
    const { orderId, intent } = await payments.paid(false);
    const part = { orderId, captureId: newId(), amount: 300, final: false };
    await payments.one.capturePayment(part);
    payments.stub.bank.capture(intent, { amount_to_capture: '200' });
    await tell();
    expect(await payments.payment(orderId)).toMatchObject({ state: 'CAPTURED', captured: 500 });
    expect(await payments.one.capturePayment(part)).toMatchObject({ outcome: 'CAPTURED' });
  });

  it.each([
    ['abandoned', 'AUTHORIZATION_VOIDED'],
    ['automatic', 'AUTHORIZATION_EXPIRED'],
  ] as const)('an authorization that ends there (%s) is gone', async (how, code) => {
    const { orderId, intent, amount } = await payments.paid(false);
    payments.stub.bank.cancel(intent, how);
    for (const event of payments.stub.events.splice(0)) await payments.stub.send(event);
    // It might be our own doing: it is looked into again a little later.
    await expect.poll(untried).toBe(0);
    expect(await payments.payment(orderId)).toMatchObject({ state: 'AUTHORIZED' });
    await secondLook();
    const gone = { state: 'VOIDED', failureCode: code };
    expect(await payments.payment(orderId)).toMatchObject(gone);
    const told = ['payment.authorization_ended', { attempt: 1, captured: 0, code }];
    await expect.poll(() => payments.news(orderId)).toEqual([told]);
    const capture = { orderId, captureId: newId(), amount, final: true };
    expect(await payments.one.capturePayment(capture)).toMatchObject({ outcome: 'FAILED', code });
  });

  it('one that ends by our own clock says nothing new', async () => {
    const { orderId, intent } = await payments.paid(false);
    const part = { orderId, captureId: newId(), amount: 300, final: false };
    await payments.one.capturePayment(part);
    const ends = 'update payments set authorization_ends_at = now() where order_id = $1';
    await payments.db.query('test.ends', ends, [orderId]);
    await payments.one.warnOfEnds({ withinSeconds: 1, limit: 10 });
    await payments.one.checkPendingPayments({ limit: 100 });
    expect(payments.stub.bank.intent(intent)).toMatchObject({
      ...{ status: 'succeeded', amount_received: 300, amount_capturable: 0 },
    });
    await tell();
    const code = 'AUTHORIZATION_EXPIRED';
    const known = { state: 'CAPTURED', captured: 300, failureCode: code };
    expect(await payments.payment(orderId)).toMatchObject(known);
    await expect
      .poll(() => payments.news(orderId))
      .toMatchObject([
        ['payment.authorization_ending', { attempt: 1 }],
        ['payment.authorization_ended', { attempt: 1, captured: 300, code }],
      ]);
  });

  it('a refund in the dashboard becomes one of ours, with its reason', async () => {
    const { orderId, intent } = await payments.paid(true);
    const reason = 'requested_by_customer';
    payments.stub.bank.refund({ payment_intent: intent, amount: '250', reason });
    payments.stub.bank.refund({ payment_intent: intent, amount: '100' });
    await tell();
    expect(await payments.payment(orderId)).toMatchObject({ refunded: 350 });
    const [first, second] = await payments.refunds(orderId);
    expect([first?.reason, second?.reason].toSorted()).toEqual([
      'Refunded at the payment provider.',
      'Refunded at the payment provider: requested by customer.',
    ]);
    expect(payments.news(orderId).map(([type]) => type)).toEqual([
      'payment.refunded_elsewhere',
      'payment.refunded_elsewhere',
    ]);
    const more = { orderId, refundId: newId(), amount: 701, reason: 'late' };
    expect(await payments.one.refundPayment(more)).toMatchObject({ code: 'EXCEEDS_CAPTURED' });
    const [balance] = await payments.db.query<{ sum: number }>(
      'test.balance',
      `select sum(amount)::float8 as sum from ledger_entries
       where order_id = $1 and account = 'PROVIDER_RECEIVABLE'`,
      [orderId],
    );
    expect(balance?.sum).toBe(700);
  });

  it('a dispute is told once', async () => {
    const { orderId, intent } = await payments.paid(true);
    payments.stub.bank.dispute(intent);
    await tell();
    payments.stub.bank.refund({ payment_intent: intent, amount: '1' });
    await tell();
    const told = payments.news(orderId).filter(([type]) => type === 'payment.attention_needed');
    expect(told).toEqual([['payment.attention_needed', { reason: DISPUTED }]]);
  });

  it('a refund that fails after all is told', async () => {
    const { orderId } = await payments.paid(true);
    await payments.one.refundPayment({ orderId, refundId: newId(), amount: 50, reason: 'late' });
    const [refund] = await payments.refunds(orderId);
    payments.stub.bank.failRefund(refund?.id ?? '');
    await tell();
    const reason = REFUND_FAILED;
    expect(payments.news(orderId)).toEqual([['payment.attention_needed', { reason }]]);
  });
});

describe('after an order has ended', () => {
  it('a late authorization is given back', async () => {
    const order = await payments.paid(false, { method: LATE });
    const { orderId } = order;
    // The void found nothing: the request was still on its way.
    payments.stub.faults.push({ at: /cancel$/, answer: missing });
    await payments.one.reversePayment({ orderId });
    expect(await payments.payment(orderId)).toMatchObject({ state: 'VOIDED' });
    payments.stub.authenticate(order.intent);
    await tell();
    expect(payments.stub.bank.intent(order.intent).status).toBe('canceled');
    expect(await payments.payment(orderId)).toMatchObject({ state: 'VOIDED', checkAfterMs: null });
    expect(payments.news(orderId)).toEqual([]);
  });

  it('a late capture is refunded', async () => {
    const { orderId, intent } = await payments.paid(false, { method: LATE });
    payments.stub.faults.push({ at: /cancel$/, answer: missing });
    await payments.one.reversePayment({ orderId });
    payments.stub.authenticate(intent);
    payments.stub.bank.capture(intent, {});
    await tell();
    expect(await payments.payment(orderId)).toMatchObject({ state: 'REFUNDED', refunded: 1050 });
    expect(payments.stub.bank.refundsOf(intent)).toMatchObject([{ amount: 1050 }]);
  });

  it('what was given back is not given back twice', async () => {
    const { orderId, intent } = await payments.paid(true);
    payments.stub.bank.refund({ payment_intent: intent, amount: '400' });
    await tell();
    await payments.one.reversePayment({ orderId });
    await tell();
    expect(await payments.payment(orderId)).toMatchObject({ state: 'REFUNDED', refunded: 1050 });
    expect(payments.stub.bank.refundsOf(intent).map(({ amount }) => amount)).toEqual([650, 400]);
  });

  it('what cannot be given back at once is tried again', async () => {
    const { orderId, intent } = await payments.paid(false, { method: LATE });
    payments.stub.faults.push({ at: /cancel$/, answer: missing });
    await payments.one.reversePayment({ orderId });
    payments.stub.authenticate(intent);
    const down = { status: 500, body: { error: { type: 'api_error' } } };
    payments.stub.faults.push({ at: /cancel$/, answer: down });
    const [event] = payments.stub.events.splice(0).toReversed();
    if (event) await payments.stub.send(event);
    await expect.poll(() => payments.stub.faults).toEqual([]);
    expect(payments.stub.bank.intent(intent).status).toBe('requires_capture');
    await secondLook();
    expect(payments.stub.bank.intent(intent).status).toBe('canceled');
    expect(await payments.untaken()).toBe(0);
  });
});

const missing = {
  status: 404,
  body: { error: { type: 'invalid_request_error', code: 'resource_missing', param: 'intent' } },
};

it('an event is looked into later when the provider is away', async () => {
  const { orderId, intent } = await payments.paid(false, { method: LATE });
  payments.stub.authenticate(intent);
  const down = { status: 503, body: { error: { type: 'api_error' } } };
  payments.stub.faults.push({ at: /^GET/, answer: down });
  await payments.stub.send(payments.stub.event('payment_intent.amount_capturable_updated'));
  await expect.poll(() => payments.stub.faults).toEqual([]);
  expect(await payments.payment(orderId)).toMatchObject({ state: 'PENDING' });
  await secondLook();
  expect(await payments.payment(orderId)).toMatchObject({ state: 'AUTHORIZED' });
});

it('news wait until the order has heard', async () => {
  const { orderId, intent } = await payments.paid(true);
  payments.stub.bank.dispute(intent);
  await tell();
  const untold = async () => {
    const all = { olderThanSeconds: 0, limit: 1000 };
    const { events } = await payments.one.findUntoldNews(all);
    return events.filter(({ subject }) => subject === orderId);
  };
  const [event] = await untold();
  expect(event).toMatchObject({ type: 'payment.attention_needed', data: { reason: DISPUTED } });
  await payments.one.settleNews({ eventId: event?.id ?? '' });
  expect(await untold()).toEqual([]);
});
