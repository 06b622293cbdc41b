import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOrders, type TestOrders } from './testing/orders.js';
import { confirm, declined, reserved } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const expire = (limit = 100) => orders.commands.expireOrders({ limit });

it('ends what was not paid before its hold ran out, and nothing else', async () => {
  const late = await orders.place();
  await orders.advance(late.id, reserved(-1), declined(1));
  const lateWithMoney = await orders.place();
  await orders.advance(lateWithMoney.id, reserved(-1), {
    type: 'recordAuthorized',
    attempt: 1,
    amount: 1000,
  });
  const inTime = await orders.place();
  await orders.advance(inTime.id, reserved(1));
  const unchecked = await orders.place();
  const paid = await confirm(orders, await orders.place());

  expect(await expire()).toEqual({ expired: 2 });
  for (const { id } of [late, lateWithMoney]) {
    expect(await orders.order(id)).toMatchObject({
      status: 'CANCELLING',
      cancelTarget: 'EXPIRED',
      reason: 'HOLD_EXPIRED',
    });
  }
  const others = await Promise.all([inTime, unchecked, paid].map(({ id }) => orders.order(id)));
  expect(others.map(({ status }) => status)).toEqual(['RESERVED', 'PENDING', 'CONFIRMED']);
  expect(await expire()).toEqual({ expired: 0 });

  const [event] = await orders.as(ANONYMOUS).eventsAfter({ orderId: late.id, seq: 4 });
  expect(event).toMatchObject({ type: 'cancelling', actor: 'service:clock' });
  const ended = await orders.advance(
    late.id,
    { type: 'recordPaymentReversed', refunded: 0 },
    { type: 'recordStockReleased' },
  );
  expect(ended).toMatchObject({ status: 'EXPIRED', expiresAt: null });
});

it('goes by the clock of the database', async () => {
  const { id } = await orders.place();
  await orders.advance(id, reserved(60));
  expect(await expire()).toEqual({ expired: 0 });
  await orders
    .as(ANONYMOUS)
    .db.query('test.age', `update orders set expires_at = now() where id = $1`, [id]);
  expect(await expire()).toEqual({ expired: 1 });
});

it('takes the longest overdue first, no more than asked for, each once', async () => {
  const placed = await Promise.all(
    [3, 1, 2].map(async (minutes) => {
      const { id } = await orders.place();
      return orders.advance(id, reserved(-minutes));
    }),
  );
  expect(await expire(1)).toEqual({ expired: 1 });
  expect(await orders.order(placed[0]?.id ?? '')).toMatchObject({ status: 'CANCELLING' });
  const [one, other] = await Promise.all([expire(), expire()]);
  expect(one.expired + other.expired).toBe(2);
});
