import { type Account, accountOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOrders, STAFF, type TestOrders } from './testing/orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const partner = (): Account => ({
  kind: 'partner',
  partnerId: newId(),
  keyId: newId(),
  scopes: ['READ', 'WRITE'],
});

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever its own query asked for
type Any = any;

async function ask(identity: Account, source: string, variables: object = {}): Promise<Any> {
  const { data, errors } = await orders.ask<Any>(source, variables, identity);
  expect(errors).toEqual([]);
  return data;
}

const PLACE = `mutation($key: String!) {
  placeOrder(input: {
    idempotencyKey: $key, currency: "GBP", paymentMethod: "pm", lines: [{ sku: "A", quantity: 1 }]
  }) { alreadyPlaced order { id } userErrors { code } }
}`;

const LOOK = `query($id: ID!) {
  order(id: $id) { idempotencyKey needsAttention events { edges { node { actor { kind user { id } } } } } }
  orders { edges { node { id } } }
}`;

it('a partner places orders as itself, once per key, and sees what it placed', async () => {
  const acme = partner();
  const variables = { key: newId() };
  const { placeOrder } = await ask(acme, PLACE, variables);
  expect(placeOrder).toMatchObject({ alreadyPlaced: false, userErrors: [] });
  const { id } = placeOrder.order;
  const sameAgain = { ...acme, keyId: newId() };
  expect(await ask(sameAgain, PLACE, variables)).toEqual({
    placeOrder: { alreadyPlaced: true, order: { id }, userErrors: [] },
  });
  const { order, orders: list } = await ask(acme, LOOK, { id });
  expect(list.edges).toEqual([{ node: { id } }]);
  expect(order.idempotencyKey).toBe(variables.key);
  expect(order.events.edges[0].node.actor).toEqual({ kind: 'CUSTOMER', user: null });
});

it("another partner, and another partner's key, see and change nothing of it", async () => {
  const { id } = (await ask(partner(), PLACE, { key: newId() })).placeOrder.order;
  const other = partner();
  expect(await ask(other, LOOK, { id })).toEqual({ order: null, orders: { edges: [] } });
  const { cancelOrder } = await ask(
    other,
    'mutation($id: ID!) { cancelOrder(input: { orderId: $id }) { order { id } userErrors { code } } }',
    { id },
  );
  expect(cancelOrder).toEqual({ order: null, userErrors: [{ code: 'NOT_FOUND' }] });
});

it('has a cart, which it may place and call off, and staff see', async () => {
  const acme = partner();
  const { createDraft } = await ask(
    acme,
    'mutation { createDraft(input: { currency: "GBP", paymentMethod: "pm", lines: [{ sku: "B", quantity: 2 }] }) { order { id } token userErrors { code } } }',
  );
  const { id } = createDraft.order;
  expect(createDraft).toEqual({ order: { id }, token: null, userErrors: [] });
  expect(await ask(acme, '{ cart { id } }')).toEqual({ cart: { id } });
  const { placeDraft } = await ask(
    acme,
    'mutation($key: String!) { placeDraft(input: { idempotencyKey: $key }) { order { id status } userErrors { code } } }',
    { key: newId() },
  );
  expect(placeDraft).toEqual({ order: { id, status: 'PENDING' }, userErrors: [] });
  const { cancelOrder } = await ask(
    acme,
    'mutation($id: ID!) { cancelOrder(input: { orderId: $id }) { userErrors { code } } }',
    { id },
  );
  expect(cancelOrder).toEqual({ userErrors: [] });
  expect((await ask(STAFF, LOOK, { id })).order.events.edges).not.toEqual([]);
});

it('may nothing that is for staff', async () => {
  const acme = partner();
  const { id } = (await ask(acme, PLACE, { key: newId() })).placeOrder.order;
  const { refundOrder, fulfillOrders } = await ask(
    acme,
    `mutation($id: ID!, $key: String!) {
      refundOrder(input: { orderId: $id, idempotencyKey: $key }) { userErrors { code } }
      fulfillOrders(input: { orderIds: [$id] }) { userErrors { code } }
    }`,
    { id, key: newId() },
  );
  const refused = { userErrors: [{ code: 'FORBIDDEN' }] };
  expect([refundOrder, fulfillOrders]).toEqual([refused, refused]);
});

it('an order of a partner names no person as its customer, and the partner to staff', async () => {
  const acme = partner();
  const partnerId = `Partner_${accountOf(acme)}`;
  const WHOSE = 'query ($id: ID!) { order(id: $id) { customer { id } partner { id } } }';
  const { placeOrder } = await ask(acme, PLACE, { key: newId() });
  const ADD = `mutation {
    addDraftLines(input: { lines: [{ sku: "A", quantity: 1 }] }) { order { id } userErrors { code } } }`;
  const { addDraftLines } = await ask(acme, ADD);
  for (const { id } of [placeOrder.order, addDraftLines.order]) {
    expect(await ask(acme, WHOSE, { id })).toEqual({ order: { customer: null, partner: null } });
    const { order } = await ask(STAFF, WHOSE, { id });
    expect(order).toEqual({ customer: null, partner: { id: partnerId } });
  }
  const { id } = await orders.place();
  const { order } = await ask(STAFF, WHOSE, { id: `Order_${id}` });
  expect(order).toEqual({ customer: { id: expect.stringMatching(/^User_/) }, partner: null });
});
