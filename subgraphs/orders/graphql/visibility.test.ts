import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder } from '../cancel-order.js';
import { orderId } from '../present.js';
import { customer, openTestOrders, STAFF, type TestOrders } from '../testing/orders.js';
import { confirm, declined, reserved } from '../testing/steps.js';

let orders: TestOrders;
const owner = customer();
let id: string;
let waiting: string;
beforeAll(async () => {
  orders = await openTestOrders();
  id = orderId.encode((await confirm(orders, await orders.place({}, owner))).id);
  const placed = await orders.place({}, owner);
  await orders.advance(placed.id, reserved(), declined(1));
  waiting = orderId.encode(placed.id);
});
afterAll(() => orders.close());

const NODE = 'query($id: ID!) { node(id: $id) { __typename id } }';
const NODES = 'query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Order { status } } }';
const ENTITIES =
  'query($all: [_Any!]!) { _entities(representations: $all) { ... on Order { id status } } }';

const STRANGERS: Array<[string, Identity]> = [
  ['another customer', customer()],
  ['a partner', { kind: 'partner', partnerId: newId(), keyId: newId(), scopes: ['READ', 'WRITE'] }],
  ['nobody', ANONYMOUS],
];

describe.each(STRANGERS)('to %s the order looks like none', (_name, stranger) => {
  it('in order, node and nodes', async () => {
    const order = await orders.ask('query($id: ID!) { order(id: $id) { id } }', { id }, stranger);
    expect(order).toEqual({ data: { order: null }, errors: [] });
    expect(await orders.ask(NODE, { id }, stranger)).toEqual({ data: { node: null }, errors: [] });
    const nodes = await orders.ask(NODES, { ids: [id, waiting] }, stranger);
    expect(nodes).toEqual({ data: { nodes: [null, null] }, errors: [] });
  });

  it('as an entity', async () => {
    const all = [{ __typename: 'Order', id }];
    expect((await orders.ask(ENTITIES, { all }, stranger)).data).toEqual({ _entities: [null] });
  });

  it('in a subscription', async () => {
    const result = await subscribe({
      schema: orders.subgraph.schema,
      document: parse('subscription($id: ID!) { orderUpdates(orderId: $id) { seq } }'),
      variableValues: { id },
      contextValue: orders.as(stranger),
    });
    expect(result).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });
});

describe('to another customer, in mutations', () => {
  const stranger = customer();
  const none = expect.objectContaining({ code: 'NOT_FOUND' });

  it.each(['own', 'none'])(
    'cancelling and paying answer as if there were no order (%s)',
    async (which) => {
      const target = which === 'own' ? waiting : orderId.encode(newId());
      const source = `mutation($id: ID!) {
      cancelOrder(input: {orderId: $id}) { order { id } userErrors { code field message } }
      payOrder(input: {orderId: $id, paymentMethod: "pm"}) { order { id } userErrors { code field message } } }`;
      const { data } = await orders.ask(source, { id: target }, stranger);
      const refusal = { order: null, userErrors: [none] };
      expect(data).toEqual({ cancelOrder: refusal, payOrder: refusal });
    },
  );

  it('shipping and refunding are for staff', async () => {
    const source = `mutation($id: ID!) {
      fulfillOrders(input: {orderIds: [$id]}) { orders { id } userErrors { code } }
      refundOrder(input: {orderId: $id, idempotencyKey: "k", amount: "1"}) { refund { id } userErrors { code } } }`;
    for (const by of [stranger, owner]) {
      expect((await orders.ask(source, { id }, by)).data).toEqual({
        fulfillOrders: { orders: [], userErrors: [{ code: 'FORBIDDEN' }] },
        refundOrder: { refund: null, userErrors: [{ code: 'FORBIDDEN' }] },
      });
    }
  });
});

it.each([
  'placeOrder(input: {idempotencyKey: "k", lines: [{sku: "A", quantity: 1}], paymentMethod: "pm"}) { alreadyPlaced }',
  'cancelOrder(input: {orderId: "x1"}) { userErrors { code } }',
  'payOrder(input: {orderId: "x1", paymentMethod: "pm"}) { userErrors { code } }',
  'fulfillOrders(input: {orderIds: []}) { userErrors { code } }',
  'refundOrder(input: {orderId: "x1", idempotencyKey: "k"}) { userErrors { code } }',
])('nobody may ask for %s without logging in', async (field) => {
  const { errors } = await orders.ask(`mutation { ${field.replace('x1', id)} }`);
  expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
});

describe('node and nodes', () => {
  it('find an order by its id', async () => {
    expect((await orders.ask(NODE, { id }, owner)).data).toEqual({
      node: { __typename: 'Order', id },
    });
  });

  it.each(['User', 'Product', 'ProductVariant', 'Payment'])(
    'leave a %s to its owner',
    async (type) => {
      const other = `${type}_${newId()}`;
      expect((await orders.ask(NODE, { id: other }, owner)).data).toEqual({
        node: { __typename: type, id: other },
      });
    },
  );

  it.each(['', 'Order_', 'Refund_x', `Cart_${newId()}`, 'User_1'])(
    'find nothing by %j',
    async (none) => {
      expect(await orders.ask(NODE, { id: none }, STAFF)).toEqual({
        data: { node: null },
        errors: [],
      });
    },
  );

  it('keep the order of the ids, in one statement', async () => {
    const ids = [waiting, orderId.encode(newId()), id, 'x'];
    let answer: unknown;
    const statements = await statementsOf(async () => {
      answer = (await orders.ask(NODES, { ids }, STAFF)).data;
    });
    expect(answer).toMatchObject({
      nodes: [{ id: waiting }, null, { id, status: 'CONFIRMED' }, null],
    });
    expect(statements).toHaveLength(1);
  });

  it('refuse more than a hundred at once', async () => {
    const { errors } = await orders.ask(NODES, { ids: Array(101).fill(id) }, STAFF);
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

it("shows nobody's orders to those who meet the person in a history", async () => {
  const ofStaff = await orders.place({}, STAFF);
  await cancelOrder(orders.as(STAFF), STAFF, {
    orderId: orderId.decode(waiting) ?? '',
    reason: null,
  });
  const source = `query($id: ID!) { order(id: $id) { events(first: 50) { edges { node {
    type actor { user { id orders { edges { node { id } } } cart { id } } } } } } } }`;
  const { data } = await orders.ask(source, { id: waiting }, owner);
  expect(JSON.stringify(data)).toContain('CANCELLING');
  expect(JSON.stringify(data)).not.toContain(orderId.encode(ofStaff.id));
});
