import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allOf, anOrder, openTestPayments, type TestPayments } from './testing/payments.js';

let payments: TestPayments;

beforeAll(async () => {
  payments = await openTestPayments({ authorizedForMs: 3_600_000 });
});
afterAll(() => payments.close());

const CLOCK = { withinSeconds: 1800, limit: 100 };

/** An order of 10.50 that is authorized for an hour; its id. */
async function authorized(): Promise<string> {
  const order = anOrder({ method: 'pm_card_expiring' });
  await payments.one.authorizePayment(order);
  return order.orderId;
}

/** Lets the clock of the database come to `minutes` before the authorization ends. */
async function minutesBeforeEnd(orderId: string, minutes: number): Promise<void> {
  const text = `update payments set authorization_ends_at = now() + make_interval(mins => $2),
    check_at = case when check_at is not null then now() + make_interval(mins => $2) end where order_id = $1`;
  await payments.db.query('test.ends', text, [orderId, minutes]);
}

async function told(orderId: string): Promise<Array<{ type: string; data: unknown }>> {
  const text = 'select type, data from outbox where subject = $1 order by id';
  return payments.db.query('test.told', text, [orderId]);
}

/** The authorization has ended by the clock, and somebody looked. */
async function ended(orderId: string): Promise<void> {
  await payments.one.warnOfEnds(CLOCK);
  await minutesBeforeEnd(orderId, 0);
  await payments.one.warnOfEnds(CLOCK);
  await payments.one.checkPendingPayments({ limit: 100 });
}

const part = (orderId: string, amount = 400) => ({
  ...{ orderId, captureId: newId(), amount, final: false },
});

describe('an authorization', () => {
  it('is known to end at a time, or not to', async () => {
    const { endsAt } = (await payments.payment(await authorized())) ?? {};
    expect(Date.parse(String(endsAt))).toBeGreaterThan(Date.now() + 3_000_000);
    const order = anOrder();
    await payments.one.authorizePayment(order);
    expect(await payments.payment(order.orderId)).toMatchObject({ endsAt: null });
  });

  it('that ends soon is told of, once', async () => {
    const orderId = await authorized();
    await payments.one.warnOfEnds(CLOCK);
    expect(await told(orderId)).toEqual([]);
    await minutesBeforeEnd(orderId, 29);
    await Promise.all([1, 2, 3].map(() => payments.one.warnOfEnds(CLOCK)));
    const { endsAt } = (await payments.payment(orderId)) ?? {};
    const data = { attempt: 1, endsAt: new Date(String(endsAt)).toISOString() };
    expect(await told(orderId)).toEqual([{ type: 'payment.authorization_ending', data }]);
    await payments.one.checkPendingPayments({ limit: 100 });
    expect(await payments.payment(orderId)).toMatchObject({ state: 'AUTHORIZED' });
    expect(await payments.one.capturePayment(allOf({ orderId }))).toMatchObject({
      outcome: 'CAPTURED',
    });
  });

  it('of which all was taken is not told of, nor given up', async () => {
    const orderId = await authorized();
    await payments.one.capturePayment(allOf({ orderId }));
    await ended(orderId);
    expect(await told(orderId)).toEqual([]);
    expect(await payments.payment(orderId)).toMatchObject({
      state: 'CAPTURED',
      checkAfterMs: null,
    });
  });

  it('that has ended is given up, here and at the provider', async () => {
    const orderId = await authorized();
    await ended(orderId);
    const code = 'AUTHORIZATION_EXPIRED';
    expect(await payments.payment(orderId)).toMatchObject({
      ...{ state: 'VOIDED', authorized: 1050, captured: 0, failureCode: code, checkAfterMs: null },
    });
    expect((await told(orderId)).at(-1)).toEqual({
      type: 'payment.authorization_ended',
      data: { attempt: 1, captured: 0, code },
    });
    expect(await payments.one.capturePayment(part(orderId))).toEqual({
      ...{ outcome: 'FAILED', code, captured: 0, ended: [{ attempt: 1, captured: 0 }] },
    });
    await ended(orderId);
    expect(await told(orderId)).toHaveLength(2);
  });

  it('keeps what was taken, which is the books, and gives up the rest', async () => {
    const orderId = await authorized();
    await payments.one.capturePayment(part(orderId));
    await ended(orderId);
    expect(await payments.payment(orderId)).toMatchObject({ state: 'CAPTURED', captured: 400 });
    expect((await told(orderId)).at(-1)).toMatchObject({ data: { attempt: 1, captured: 400 } });
    const refund = { orderId, refundId: newId(), amount: 400, reason: 'late' };
    expect(await payments.one.refundPayment(refund)).toMatchObject({ outcome: 'REFUNDED' });
  });

  it('that has ended leaves the others of its order to be taken', async () => {
    const orderId = await authorized();
    await payments.one.capturePayment(part(orderId));
    await ended(orderId);
    await payments.one.authorizePayment({ ...anOrder(), orderId, attempt: 2, amount: 650 });
    const rest = { ...part(orderId, 650), final: true };
    expect(await payments.one.capturePayment(rest)).toEqual({ outcome: 'CAPTURED', amount: 650 });
    expect(await payments.payments(orderId)).toMatchObject([
      { state: 'CAPTURED', captured: 400 },
      { state: 'CAPTURED', captured: 650 },
    ]);
  });
});
