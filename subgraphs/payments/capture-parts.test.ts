import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PaymentProvider, PaymentProviderTimeout } from './providers/provider.js';
import {
  allOf,
  anOrder,
  openTestPayments,
  sharedOrder,
  type TestPayments,
} from './testing/payments.js';

let payments: TestPayments;

beforeAll(async () => {
  payments = await openTestPayments({ settleAfterMs: 0 });
});

afterAll(() => payments.close());

function partOf(orderId: string, amount: number, final = false) {
  return { orderId, captureId: newId(), amount, final };
}

async function held(of = payments): Promise<string> {
  const order = anOrder();
  await of.one.authorizePayment(order);
  return order.orderId;
}

/** State and captured amount of each of the order's payments. */
async function states(orderId: string, of = payments) {
  return (await of.payments(orderId)).map(({ state, captured }) => [state, captured]);
}

async function whatTheProviderTook(orderId: string, of = payments): Promise<number[]> {
  const own = await of.payments(orderId);
  return Promise.all(
    own.map(async ({ id, reference }) => {
      const answer = await of.provider.void({ key: newId(), authorization: id, reference });
      return 'captured' in answer ? answer.captured : 0;
    }),
  );
}

/** A provider whose capture takes the money but whose answer is lost while `losing.now`. */
function losing(lost: { now: boolean }) {
  return (provider: PaymentProvider): Partial<PaymentProvider> => ({
    capture: async (request) => {
      const answer = await provider.capture(request);
      if (lost.now) throw new PaymentProviderTimeout('capture');
      return answer;
    },
  });
}

describe('capturing in parts', () => {
  it('takes exactly what is asked for, each part once', async () => {
    const orderId = await held();
    const [first, second] = [partOf(orderId, 300), partOf(orderId, 200)];
    for (const part of [first, first, second, first]) {
      const answer = { outcome: 'CAPTURED', amount: part.amount };
      expect(await payments.one.capturePayment(part)).toEqual(answer);
    }
    expect(await states(orderId)).toEqual([['PARTIALLY_CAPTURED', 500]]);
    const rest = partOf(orderId, 550);
    expect(await payments.one.capturePayment(rest)).toMatchObject({ outcome: 'CAPTURED' });
    expect(await states(orderId)).toEqual([['CAPTURED', 1050]]);
    expect(await whatTheProviderTook(orderId)).toEqual([1050]);
  });

  it('gives the rest free with the last part, also where that takes nothing', async () => {
    const [some, none] = [await held(), await held()];
    await payments.one.capturePayment(partOf(some, 300, true));
    expect(await states(some)).toEqual([['CAPTURED', 300]]);
    expect(await payments.one.capturePayment(partOf(some, 1))).toMatchObject({
      code: 'NOTHING_AUTHORIZED',
    });
    const nothing = { outcome: 'CAPTURED', amount: 0 };
    expect(await payments.one.capturePayment(partOf(none, 0, true))).toEqual(nothing);
    expect(await states(none)).toEqual([['VOIDED', 0]]);
    expect(await whatTheProviderTook(none)).toEqual([0]);
  });

  it('takes nothing where that much is not authorized, until it is', async () => {
    const order = anOrder({ amount: 600 });
    await payments.one.authorizePayment(order);
    const part = partOf(order.orderId, 700);
    const refused = { outcome: 'FAILED', code: 'EXCEEDS_AUTHORIZED', captured: 0, ended: [] };
    expect(await payments.one.capturePayment(part)).toEqual(refused);
    expect(await states(order.orderId)).toEqual([['AUTHORIZED', 0]]);
    await payments.one.authorizePayment({ ...order, attempt: 2, amount: 450 });
    expect(await payments.one.capturePayment(part)).toEqual({ outcome: 'CAPTURED', amount: 700 });
    expect(await states(order.orderId)).toEqual([
      ['CAPTURED', 600],
      ['PARTIALLY_CAPTURED', 100],
    ]);
  });

  it('never takes more than is authorized, however many ask at once', async () => {
    const orderId = await sharedOrder(payments);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        payments.batch.capturePayment([partOf(orderId, 150), partOf(orderId, 150)]),
      ),
    );
    const taken = answers.flat().filter((a) => !(a instanceof Error) && a.outcome === 'CAPTURED');
    expect(taken).toHaveLength(7);
    expect(await states(orderId)).toEqual([
      ['CAPTURED', 600],
      ['CAPTURED', 450],
    ]);
    expect(await whatTheProviderTook(orderId)).toEqual([600, 450]);
  });
});

describe('capturing an order that several payments pay', () => {
  it('takes all of them, oldest first', async () => {
    const orderId = await sharedOrder(payments);
    expect(await payments.one.capturePayment(partOf(orderId, 700))).toMatchObject({
      outcome: 'CAPTURED',
    });
    expect(await states(orderId)).toEqual([
      ['CAPTURED', 600],
      ['PARTIALLY_CAPTURED', 100],
    ]);
    const whole = await sharedOrder(payments);
    payments.statements.length = 0;
    await payments.one.capturePayment(allOf({ orderId: whole }));
    expect(payments.statements).toEqual(['payments.of-orders', 'payments.capture']);
    expect(await states(whole)).toEqual([
      ['CAPTURED', 600],
      ['CAPTURED', 450],
    ]);
  });

  it('frees the payments that are not needed', async () => {
    const orderId = await sharedOrder(payments);
    await payments.one.capturePayment(partOf(orderId, 500, true));
    expect(await states(orderId)).toEqual([
      ['CAPTURED', 500],
      ['VOIDED', 0],
    ]);
    expect(await whatTheProviderTook(orderId)).toEqual([500, 0]);
  });

  it('says what it took where one of them fails, and takes only the rest from another', async () => {
    const orderId = await sharedOrder(payments, 'pm_card_capture_fails');
    const all = allOf({ orderId });
    const ended = [{ attempt: 2, captured: 0 }];
    const failed = { outcome: 'FAILED', code: 'CAPTURE_REFUSED', captured: 600, ended };
    expect(await payments.one.capturePayment(all)).toEqual(failed);
    expect(await payments.one.capturePayment(all)).toEqual(failed);
    await payments.one.authorizePayment(anOrder({ orderId, attempt: 3, amount: 450 }));
    const whole = { outcome: 'CAPTURED', amount: 1050 };
    expect(await payments.one.capturePayment(all)).toEqual(whole);
    expect(await payments.one.capturePayment(all)).toEqual(whole);
    expect(await states(orderId)).toEqual([
      ['CAPTURED', 600],
      ['VOIDED', 0],
      ['CAPTURED', 450],
    ]);
  });

  it('is reversed as a whole', async () => {
    const orderId = await sharedOrder(payments);
    await payments.one.capturePayment(partOf(orderId, 700));
    const refund = { orderId, refundId: newId(), amount: 650, reason: 'late' };
    expect(await payments.one.refundPayment(refund)).toEqual({ outcome: 'REFUNDED', amount: 650 });
    expect((await payments.refunds(orderId)).map(({ amount }) => amount)).toEqual([600, 50]);
    expect(await payments.one.reversePayment({ orderId })).toEqual({
      outcome: 'REVERSED',
      refunded: 700,
    });
    expect(await states(orderId)).toEqual([
      ['REFUNDED', 600],
      ['REFUNDED', 100],
    ]);
  });
});

describe('a part whose answer got lost', () => {
  it('counts until it is known, and is asked for again with the same key', async () => {
    const lost = { now: true };
    const flaky = await openTestPayments({ interfere: losing(lost) });
    const orderId = await held(flaky);
    const [first, second] = [partOf(orderId, 300), partOf(orderId, 800)];
    await expect(flaky.one.capturePayment(first)).rejects.toThrow(PaymentProviderTimeout);
    expect(await flaky.one.capturePayment(second)).toMatchObject({ code: 'EXCEEDS_AUTHORIZED' });
    const last = partOf(orderId, 700, true);
    await expect(flaky.one.capturePayment(last)).rejects.toThrow('has no answer yet');
    lost.now = false;
    expect(await flaky.one.capturePayment(last)).toMatchObject({ outcome: 'CAPTURED' });
    expect(await flaky.one.capturePayment(first)).toMatchObject({ outcome: 'CAPTURED' });
    expect(await states(orderId, flaky)).toEqual([['CAPTURED', 1000]]);
    await flaky.close();
  });

  it('is found and given back by a reversal', async () => {
    const lost = { now: true };
    const flaky = await openTestPayments({ interfere: losing(lost) });
    const orderId = await held(flaky);
    const part = partOf(orderId, 300);
    await expect(flaky.one.capturePayment(part)).rejects.toThrow(PaymentProviderTimeout);
    await expect(flaky.one.reversePayment({ orderId })).rejects.toThrow('not all reversed');
    lost.now = false;
    const reversed = { outcome: 'REVERSED', refunded: 300 };
    expect(await flaky.one.reversePayment({ orderId })).toEqual(reversed);
    const own = await flaky.payments(orderId);
    expect(own).toMatchObject([{ state: 'REFUNDED', captures: [{ state: 'CAPTURED' }] }]);
    expect(await flaky.one.capturePayment(part)).toMatchObject({ code: 'PAYMENT_REVERSED' });
    await flaky.close();
  });
});

it('ends with net paid 0 whoever is first, a reversal or two parts', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => sharedOrder(payments)));
  await Promise.all(
    all.map(async (orderId, i) => {
      const capture = () =>
        payments.batch.capturePayment([partOf(orderId, 700), partOf(orderId, 100)]);
      const reverse = () => payments.batch.reversePayment([{ orderId }]);
      await Promise.all(i % 2 ? [capture(), reverse()] : [reverse(), capture()]);
      await payments.one.reversePayment({ orderId });
      for (const { captured, refunded, captures } of await payments.payments(orderId)) {
        const rows = captures.filter(({ state }) => state === 'CAPTURED');
        expect(rows.reduce((sum, { amount }) => sum + amount, 0)).toBe(captured);
        expect(refunded).toBe(captured);
      }
    }),
  );
});
