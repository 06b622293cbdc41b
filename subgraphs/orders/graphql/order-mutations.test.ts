import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderId, userId } from '../present.js';
import {
  customer,
  openTestOrders,
  type Person,
  STAFF,
  type TestOrders,
} from '../testing/orders.js';
import { confirm, declined, reserved } from '../testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const PLACE = `mutation($input: PlaceOrderInput!) { placeOrder(input: $input) {
  alreadyPlaced order { id status total { amount currency } customer { id } } userErrors { code field } } }`;

const input = (changes: object = {}) => ({
  idempotencyKey: newId(),
  lines: [{ sku: 'A', quantity: 2 }],
  paymentMethod: 'pm_card_approve',
  ...changes,
});

async function place(changes: object, by: Person) {
  const { data, errors } = await orders.ask<{ placeOrder: Record<string, unknown> }>(
    PLACE,
    { input: input(changes) },
    by,
  );
  expect(errors).toEqual([]);
  return data.placeOrder;
}

describe('placeOrder', () => {
  it('answers the order, and that it was placed before when asked again', async () => {
    const me = customer();
    const request = input();
    expect(await place(request, me)).toMatchObject({
      alreadyPlaced: false,
      userErrors: [],
      order: {
        status: 'PENDING',
        total: { amount: '20.00', currency: 'GBP' },
        customer: { id: userId.encode(me.userId) },
      },
    });
    expect(await place(request, me)).toMatchObject({ alreadyPlaced: true });
  });

  it('orders for a guest where staff say null, and for themselves where they say nothing', async () => {
    expect(await place({ customerId: null }, STAFF)).toMatchObject({ order: { customer: null } });
    expect(await place({}, STAFF)).toMatchObject({
      order: { customer: { id: userId.encode(STAFF.userId) } },
    });
  });

  it.each(['nonsense', `Order_${newId()}`, `User_${newId()}`])(
    'knows no customer %s',
    async (customerId) => {
      expect(await place({ customerId }, STAFF)).toEqual({
        alreadyPlaced: false,
        order: null,
        userErrors: [{ code: 'UNKNOWN_CUSTOMER', field: ['customerId'] }],
      });
    },
  );
});

it('cancelOrder and payOrder answer the order as it is then', async () => {
  const me = customer();
  const { id } = await orders.place({}, me);
  await orders.advance(id, reserved(), declined(1));
  const source = `mutation($id: ID!) {
    payOrder(input: {orderId: $id, paymentMethod: "pm"}) { order { status } userErrors { code } }
    cancelOrder(input: {orderId: $id, reason: "no"}) { order { status reason } userErrors { code } } }`;
  expect((await orders.ask(source, { id: orderId.encode(id) }, me)).data).toEqual({
    payOrder: { order: { status: 'RESERVED' }, userErrors: [] },
    cancelOrder: { order: { status: 'CANCELLING', reason: 'no' }, userErrors: [] },
  });
});

it('fulfillOrders answers what is being shipped, and takes 500 at most', async () => {
  const { id } = await confirm(orders, await orders.place());
  const source = `mutation($ids: [ID!]!) { fulfillOrders(input: {orderIds: $ids}) {
    orders { id status } userErrors { code field } } }`;
  const ids = [orderId.encode(id), 'nonsense'];
  expect((await orders.ask(source, { ids }, STAFF)).data).toEqual({
    fulfillOrders: {
      orders: [{ id: ids[0], status: 'PROCESSING' }],
      userErrors: [{ code: 'NOT_FOUND', field: ['orderIds', '1'] }],
    },
  });
  const tooMany = await orders.ask(source, { ids: Array(501).fill(ids[0]) }, STAFF);
  expect(tooMany.data).toMatchObject({
    fulfillOrders: { userErrors: [{ code: 'INVALID_INPUT' }] },
  });
});

it('refundOrder answers the refund with its order, and that it was asked for before', async () => {
  const { id } = await confirm(orders, await orders.place());
  const source = `mutation($input: RefundOrderInput!) { refundOrder(input: $input) { alreadyRequested
    refund { id status amount { amount } } order { id refunds { id } } userErrors { code } } }`;
  const asked = { orderId: orderId.encode(id), idempotencyKey: newId(), amount: '2.5' };
  const expected = {
    alreadyRequested: false,
    refund: { status: 'PENDING', amount: { amount: '2.50' } },
    order: { id: asked.orderId, refunds: [{}] },
    userErrors: [],
  };
  const ask = async () => (await orders.ask<object>(source, { input: asked }, STAFF)).data;
  expect(await ask()).toMatchObject({ refundOrder: expected });
  expect(await ask()).toMatchObject({ refundOrder: { ...expected, alreadyRequested: true } });
});
