import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { payOrder } from './pay-order.js';
import { customer, openTestOrders, type Person, STAFF, type TestOrders } from './testing/orders.js';
import { confirm, declined, reserved } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const pay = (by: Person, orderId: string, paymentMethod = 'pm_2', amount: string | null = null) =>
  payOrder(orders.as(by), by, { orderId, paymentMethod, amount });

const codes = async (work: ReturnType<typeof pay>) => (await work).errors.map(({ code }) => code);

it('asks for the money anew, by the other method, under the next attempt', async () => {
  const me = customer();
  const { id } = await orders.place({}, me);
  await orders.advance(id, reserved(), declined(1));
  expect(await pay(me, id)).toEqual({ orderId: id, errors: [] });
  const [event] = await orders.as(me).eventsAfter({ orderId: id, seq: 4 });
  expect(event).toMatchObject({
    type: 'payment_requested',
    data: { attempt: 2, method: 'pm_2', amount: 1000, status: 'RESERVED', seq: 5 },
  });
});

it('may be repeated after each decline, until the hold ends', async () => {
  const me = customer();
  const { id } = await orders.place({}, me);
  await orders.advance(id, reserved(), declined(1));
  await pay(me, id);
  await orders.advance(id, declined(1), declined(2));
  expect(await pay(me, id, 'pm_3')).toEqual({ orderId: id, errors: [] });
  const { payments } = await orders.order(id);
  expect(payments.map(({ state }) => state)).toEqual(['DECLINED', 'DECLINED', 'DUE']);
  await orders.advance(id, declined(3, true));
  expect(await codes(pay(me, id))).toEqual(['INVALID_STATE']);
});

it('is refused while another method is being tried, and before', async () => {
  const me = customer();
  const { id } = await orders.place({}, me);
  expect(await codes(pay(me, id))).toEqual(['INVALID_STATE']);
  await orders.advance(id, reserved(), declined(1));
  const both = await Promise.all([codes(pay(me, id, 'pm_2')), codes(pay(me, id, 'pm_3'))]);
  expect(both.flat()).toEqual(['INVALID_STATE']);
});

it('pays a part, and then the rest', async () => {
  const me = customer();
  const { id } = await orders.place({}, me);
  await orders.advance(id, reserved(), declined(1));
  expect(await pay(me, id, 'pm_2', '4.00')).toMatchObject({ errors: [] });
  expect(await codes(pay(me, id, 'pm_3', '6.01'))).toEqual(['EXCEEDS_AMOUNT_DUE']);
  expect(await pay(me, id, 'pm_3')).toMatchObject({ errors: [] });
  expect(await codes(pay(me, id, 'pm_4'))).toEqual(['INVALID_STATE']);
  const { payments } = await orders.order(id);
  expect(payments.map(({ amount }) => amount)).toEqual([1000, 400, 600]);
});

it.each(['0', '-1.00', '0.001', 'all'])('is refused for an amount of %s', async (amount) => {
  const me = customer();
  const { id } = await orders.place({}, me);
  await orders.advance(id, reserved(), declined(1));
  expect(await codes(pay(me, id, 'pm_2', amount))).toEqual(['INVALID_PRICE']);
  expect(await orders.history(id)).not.toContain('payment_requested');
});

it("is refused for somebody else's order like for none", async () => {
  const { id } = await orders.place();
  await orders.advance(id, reserved(), declined(1));
  expect(await codes(pay(customer(), id))).toEqual(['NOT_FOUND']);
  expect(await codes(pay(customer(), newId()))).toEqual(['NOT_FOUND']);
});

it('needs a method that can be kept', async () => {
  const me = customer();
  const { id } = await orders.place({}, me);
  expect(await codes(pay(me, id, ''))).toEqual(['INVALID_INPUT']);
  expect(await codes(pay(me, id, 'pm\0'))).toEqual(['INVALID_INPUT']);
});

it('lets staff, and nobody else, have money authorized anew that is taken with a shipment', async () => {
  const me = customer();
  orders.people.add(me.userId);
  const shop = { customerId: me.userId, captureOn: 'SHIPMENT' } as const;
  const { id } = await confirm(orders, await orders.place(shop, STAFF));
  expect(await codes(pay(STAFF, id))).toEqual(['INVALID_STATE']);
  const ended = { attempt: 1, captured: 0, code: 'AUTHORIZATION_EXPIRED' };
  await orders.advance(id, { type: 'recordAuthorizationEnded', ...ended });
  expect(await codes(pay(me, id))).toEqual(['INVALID_STATE']);
  expect(await codes(pay(STAFF, id, 'pm_2', '10.01'))).toEqual(['EXCEEDS_AMOUNT_DUE']);
  expect(await pay(STAFF, id, 'pm_2', '4.00')).toEqual({ orderId: id, errors: [] });
  expect(await codes(pay(STAFF, id, 'pm_2', '6.01'))).toEqual(['EXCEEDS_AMOUNT_DUE']);
  expect(await pay(STAFF, id)).toEqual({ orderId: id, errors: [] });
  expect(await codes(pay(STAFF, id))).toEqual(['INVALID_STATE']);
  const { status, payments } = await orders.order(id);
  expect(status).toBe('CONFIRMED');
  expect(payments.map(({ amount, state }) => [amount, state])).toEqual([
    [0, 'ENDED'],
    [400, 'DUE'],
    [600, 'DUE'],
  ]);
});
