import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orderId } from './present.js';
import { customer, openTestOrders, STAFF, type TestOrders } from './testing/orders.js';
import { confirm, declined, reserved } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
  await orders.subgraph.start();
});
afterAll(() => orders.close());

const PAY = `mutation($input: PayOrderInput!) { payOrder(input: $input) {
  order { id status } userErrors { code field } } }`;
const SHIP = `mutation($input: FulfillOrdersInput!) { fulfillOrders(input: $input) {
  orders { id } userErrors { code field } } }`;

/** An order whose first payment was declined, with its customer. */
async function declinedOrder() {
  const me = customer();
  const { id } = await orders.place({}, me);
  await orders.advance(id, reserved(), declined(1));
  const input = { orderId: orderId.encode(id), paymentMethod: 'pm_other', idempotencyKey: newId() };
  return {
    id,
    me,
    input,
    pay: (changes = {}) => orders.ask(PAY, { input: { ...input, ...changes } }, me),
  };
}

const kept = (key: string) =>
  orders
    .as(ANONYMOUS)
    .db.query('test.kept', 'select 1 from idempotency_keys where key = $1', [key]);

it('answers the same again, where the order has moved on and would refuse', async () => {
  const { id, pay } = await declinedOrder();
  const first = await pay();
  expect(first.data).toMatchObject({ payOrder: { order: { status: 'RESERVED' }, userErrors: [] } });
  expect(await pay()).toEqual(first);
  expect(await pay({ idempotencyKey: newId() })).toMatchObject({
    data: { payOrder: { order: null, userErrors: [{ code: 'INVALID_STATE' }] } },
  });
  expect((await orders.history(id)).filter((type) => type === 'payment_requested')).toHaveLength(1);
});

it('hands the event to the queues as soon as the call is over', async () => {
  const { id, pay } = await declinedOrder();
  await pay();
  await expect
    .poll(() => orders.published.filter(({ subject }) => subject === id).map(({ type }) => type))
    .toContain('order.payment_requested');
});

it('refuses another request with the key, and a key that cannot be kept', async () => {
  const { pay } = await declinedOrder();
  await pay();
  const refusal = (code: string) => ({
    data: { payOrder: { order: null, userErrors: [{ code, field: ['idempotencyKey'] }] } },
  });
  expect(await pay({ paymentMethod: 'pm_third' })).toMatchObject(refusal('IDEMPOTENCY_CONFLICT'));
  expect(await pay({ idempotencyKey: '' })).toMatchObject(refusal('INVALID_INPUT'));
});

it('keeps nothing of what was refused', async () => {
  const { pay } = await declinedOrder();
  const idempotencyKey = newId();
  await pay({ idempotencyKey, paymentMethod: '' });
  expect(await kept(idempotencyKey)).toEqual([]);
  expect(await pay({ idempotencyKey })).toMatchObject({ data: { payOrder: { userErrors: [] } } });
});

it('has one effect where many ask at once', async () => {
  const { id, pay } = await declinedOrder();
  const answers = await Promise.all(Array.from({ length: 8 }, () => pay()));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ data: { payOrder: { userErrors: [] } } });
  expect((await orders.history(id)).filter((type) => type === 'payment_requested')).toHaveLength(1);
});

it('keeps what was done in part, with its errors', async () => {
  const { id } = await confirm(orders, await orders.place());
  const input = { orderIds: [orderId.encode(id), 'nonsense'], idempotencyKey: newId() };
  const first = await orders.ask(SHIP, { input }, STAFF);
  expect(first.data).toMatchObject({
    fulfillOrders: { orders: [{}], userErrors: [{ code: 'NOT_FOUND', field: ['orderIds', '1'] }] },
  });
  expect(await orders.ask(SHIP, { input }, STAFF)).toEqual(first);
});

it('locks orders in one sequence, so that two calls do not wait for each other', async () => {
  const placed = await Promise.all(Array.from({ length: 12 }, () => orders.place()));
  const ids = await Promise.all(
    placed.map(async (order) => orderId.encode((await confirm(orders, order)).id)),
  );
  const ship = (orderIds: string[]) =>
    orders.ask(SHIP, { input: { orderIds, idempotencyKey: newId() } }, STAFF);
  const answers = await Promise.all([ids, ids.toReversed(), ids].map(ship));
  for (const { data, errors } of answers) {
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ fulfillOrders: { orders: Array(12).fill({}), userErrors: [] } });
  }
});
