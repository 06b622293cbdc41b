import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderFeed } from './order-feed.js';
import { placeOrder } from './place-order.js';
import { orderId, storefrontIds } from './present.js';
import { storefrontFor } from './storefront-for.js';
import { customer, openTestOrders, placement, STAFF, type TestOrders } from './testing/orders.js';

const BLUE = newId();
const GREEN = newId();

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
  orders.storefronts.set(BLUE, 'SHIPMENT').set(GREEN, null);
  await orders.subgraph.start();
});
afterAll(() => orders.close());

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever its own query asked for
type Any = any;

const staffOf = (...realms: string[]) => ({ ...STAFF, userId: newId(), realms });
const partnerOf = (...realms: string[]) => ({
  ...{ kind: 'partner' as const, partnerId: newId(), keyId: newId() },
  ...{ scopes: ['READ', 'WRITE'], realms },
});

async function ask(identity: Identity, source: string, variables: object = {}): Promise<Any> {
  const { data, errors } = await orders.ask<Any>(source, variables, identity);
  expect(errors).toEqual([]);
  return data;
}

describe('where somebody orders', () => {
  const person = customer();

  it.each<[string, Identity, string | undefined, string | undefined]>([
    ['a customer who names none: in the main one', person, undefined, MAIN_STOREFRONT_ID],
    ['a customer: in any', person, BLUE, BLUE],
    ['staff of one: there', staffOf(BLUE), undefined, BLUE],
    [
      'staff of several: in the main one if it is theirs',
      staffOf(BLUE, GREEN),
      undefined,
      undefined,
    ],
    ['staff of several: in the one they name', staffOf(BLUE, GREEN), GREEN, GREEN],
    ['staff: in no other', staffOf(BLUE), GREEN, undefined],
    ['staff of none: nowhere', staffOf(), undefined, undefined],
    ['a partner of one: there', partnerOf(GREEN), undefined, GREEN],
  ])('%s', (_, identity, named, expected) => {
    expect(storefrontFor(identity, named)).toBe(expected);
  });
});

describe('an order', () => {
  it('belongs to its storefront, whose policy says when money is taken', async () => {
    const order = await orders.place({ storefrontId: BLUE });
    expect(order).toMatchObject({ storefrontId: BLUE, captureOn: 'SHIPMENT' });
    expect(await orders.place()).toMatchObject({
      ...{ storefrontId: MAIN_STOREFRONT_ID, captureOn: 'CONFIRMATION' },
    });
    const query = 'query ($id: ID!) { order(id: $id) { storefront { id } } }';
    expect(await ask(STAFF, query, { id: orderId.encode(order.id) })).toEqual({
      order: { storefront: { id: storefrontIds.encode(BLUE) } },
    });
  });

  it.each([
    ['of a storefront that there is not', customer(), newId()],
    ['of a storefront of others', staffOf(BLUE), GREEN],
    ['of a partner elsewhere', partnerOf(BLUE), GREEN],
  ])('%s is refused', async (_, by, storefrontId) => {
    const result = await placeOrder(orders.as(by), by, placement({ storefrontId }));
    expect(result).toMatchObject({
      order: null,
      errors: [{ code: 'UNKNOWN_STOREFRONT', field: ['storefrontId'] }],
    });
  });

  it('without goods is refused there, too', async () => {
    const charges = [{ code: 'FEE', title: 'Fee', quantity: 1, unitPrice: '1.00' }];
    const of = (storefrontId: string) =>
      placeOrder(orders.as(STAFF), STAFF, placement({ storefrontId, lines: [], charges }));
    expect(await of(newId())).toMatchObject({ errors: [{ code: 'UNKNOWN_STOREFRONT' }] });
    expect(await of(BLUE)).toMatchObject({ order: { captureOn: 'SHIPMENT' } });
  });
});

const LIST = `query ($storefrontIds: [ID!], $customerId: ID, $first: Int, $after: String) {
  orders(first: $first, after: $after, filter: { storefrontIds: $storefrontIds, customerId: $customerId }) {
    edges { node { id } } pageInfo { hasNextPage endCursor } } }`;

describe('staff of certain storefronts', () => {
  it('list what was ordered there, page by page, also of one customer and by filter', async () => {
    const buyer = customer();
    const placed: string[] = [];
    for (const storefrontId of [BLUE, GREEN, BLUE, MAIN_STOREFRONT_ID]) {
      placed.unshift(orderId.encode((await orders.place({ storefrontId }, buyer)).id));
    }
    const [main, blue2, green, blue1] = placed;
    const listed = async (identity: Identity, variables: object) =>
      (await ask(identity, LIST, variables)).orders.edges.map(({ node }: Any) => node.id);
    const customerId = `User_${buyer.userId}`;
    expect(await listed(staffOf(BLUE), { customerId })).toEqual([blue2, blue1]);
    expect(await listed(staffOf(BLUE, GREEN), { customerId })).toEqual([blue2, green, blue1]);
    const ids = [BLUE, GREEN].map(storefrontIds.encode);
    expect(await listed(staffOf(BLUE), { customerId, storefrontIds: ids })).toEqual([blue2, blue1]);
    expect(await listed(STAFF, { customerId, storefrontIds: [ids[1]] })).toEqual([green]);
    expect(await listed(buyer, {})).toEqual([main, blue2, green, blue1]);
    expect(await listed(staffOf(), {})).toEqual([]);
    expect(await listed(STAFF, { storefrontIds: ['nonsense'] })).toEqual([]);

    const pages: string[] = [];
    let after: string | null = null;
    do {
      const page: Any = (await ask(staffOf(BLUE, GREEN), LIST, { first: 1, after })).orders;
      pages.push(...page.edges.map(({ node }: Any) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after && pages.length < 3);
    expect(pages).toEqual([blue2, green, blue1]);
    const OF_USER = `query ($all: [_Any!]!) {
      _entities(representations: $all) { ... on User { orders { edges { node { id } } } } } }`;
    const all = [{ __typename: 'User', id: customerId }];
    const { _entities } = await ask(staffOf(GREEN), OF_USER, { all });
    expect(_entities[0].orders.edges).toEqual([{ node: { id: green } }]);
  });

  it('are not shown an order of their own that they placed elsewhere', async () => {
    const person = { ...STAFF, userId: newId() };
    const { id } = await orders.place({ storefrontId: GREEN }, person);
    const query = 'query ($id: ID!) { order(id: $id) { id } }';
    const see = async (identity: Identity) =>
      (await ask(identity, query, { id: orderId.encode(id) })).order !== null;
    expect(await see(person)).toBe(true);
    expect(await see({ ...person, realms: [GREEN] })).toBe(true);
    expect(await see({ ...person, realms: [BLUE] })).toBe(false);
  });

  it('hear of orders there, and of no others', async () => {
    const events = await orderFeed(orders.as(staffOf(BLUE)), undefined);
    const order = await orders.place({ storefrontId: GREEN });
    const ours = await orders.place({ storefrontId: BLUE });
    const { value } = await events.next();
    expect(value).toMatchObject({ orderId: ours.id, type: 'placed' });
    expect(order.id).not.toBe(ours.id);
    await events.return();
  });

  it('learn nothing by the key of what they did before', async () => {
    const person = staffOf(GREEN);
    const { id } = await orders.place({ storefrontId: GREEN }, person);
    const cancel = `mutation ($id: ID!, $key: String!) {
      cancelOrder(input: { orderId: $id, idempotencyKey: $key }) { order { id } userErrors { code } } }`;
    const variables = { id: orderId.encode(id), key: newId() };
    expect((await ask(person, cancel, variables)).cancelOrder.order).not.toBeNull();
    const moved = { ...person, realms: [BLUE] };
    expect((await ask(moved, cancel, variables)).cancelOrder.order).toBeNull();
    expect((await ask(moved, cancel, { ...variables, key: newId() })).cancelOrder).toEqual({
      ...{ order: null, userErrors: [{ code: 'NOT_FOUND' }] },
    });
  });
});

describe('customers', () => {
  it('of other storefronts are unknown to staff who order for them', async () => {
    const { userId } = customer();
    orders.people.add(userId);
    const by = staffOf(BLUE);
    const order = (more: object) =>
      placeOrder(orders.as(by), by, placement({ customerId: userId, ...more }));
    expect(await order({})).toMatchObject({ errors: [{ code: 'UNKNOWN_CUSTOMER' }] });
    const create = `mutation ($input: CreateDraftInput!) {
      createDraft(input: $input) { order { id } userErrors { code } } }`;
    const draft = { lines: [{ sku: 'A', quantity: 1 }], customerId: `User_${userId}` };
    expect((await ask(by, create, { input: draft })).createDraft).toEqual({
      ...{ order: null, userErrors: [{ code: 'UNKNOWN_CUSTOMER' }] },
    });
    orders.knownAt.set(userId, [BLUE]);
    expect(await order({})).toMatchObject({ errors: [] });
  });

  it('are told to the storefront by the order that nobody is told of, unless they are known there', async () => {
    const { userId } = customer();
    orders.people.add(userId);
    orders.knownAt.set(userId, [GREEN]);
    const firstIn = async (storefrontId: string, changes: object, by = STAFF) => {
      const { id } = await orders.place({ storefrontId, ...changes }, by);
      await expect.poll(() => orders.published.map(({ subject }) => subject)).toContain(id);
      const { data } = orders.published.find(({ subject }) => subject === id) ?? {};
      return (data as { firstIn?: string }).firstIn;
    };
    const quiet = { customerId: userId, notifyCustomer: false };
    expect(await firstIn(BLUE, quiet)).toBe(BLUE);
    expect(await firstIn(GREEN, quiet)).toBeUndefined();
    expect(await firstIn(BLUE, { ...quiet, notifyCustomer: true })).toBeUndefined();
    expect(await firstIn(BLUE, { customerId: null, notifyCustomer: false })).toBeUndefined();
    expect(await firstIn(GREEN, { notifyCustomer: false }, customer())).toBe(GREEN);
  });
});

describe('a partner of certain storefronts', () => {
  it('sees what it placed there, and no more of what it placed elsewhere', async () => {
    const acme = partnerOf(BLUE, GREEN);
    const { order } = await placeOrder(orders.as(acme), acme, placement({ storefrontId: GREEN }));
    const query = 'query ($id: ID!) { order(id: $id) { id } orders { edges { node { id } } } }';
    const id = orderId.encode(order?.id ?? '');
    expect(await ask(acme, query, { id })).toMatchObject({ order: { id } });
    expect(await ask({ ...acme, realms: [BLUE] }, query, { id })).toEqual({
      ...{ order: null, orders: { edges: [] } },
    });
  });
});

const ADD = `mutation ($input: AddDraftLinesInput!) {
  addDraftLines(input: $input) { order { id } userErrors { code } } }`;
const CART = 'query ($storefrontId: ID) { cart(storefrontId: $storefrontId) { id } }';

describe('carts', () => {
  const lines = [{ sku: 'A', quantity: 1 }];

  it('are one in each storefront', async () => {
    const buyer = customer();
    const add = async (storefrontId?: string) =>
      (await ask(buyer, ADD, { input: { lines, storefrontId } })).addDraftLines.order?.id;
    const cart = async (storefrontId?: string) =>
      (await ask(buyer, CART, { storefrontId })).cart?.id;
    const main = await add();
    const blue = await add(storefrontIds.encode(BLUE));
    expect(blue).not.toBe(main);
    expect(await add(storefrontIds.encode(BLUE))).toBe(blue);
    expect(await cart()).toBe(main);
    expect(await cart(storefrontIds.encode(MAIN_STOREFRONT_ID))).toBe(main);
    expect(await cart(storefrontIds.encode(BLUE))).toBe(blue);
    expect(await cart(storefrontIds.encode(GREEN))).toBeUndefined();
    const unknown = await ask(buyer, ADD, { input: { lines, storefrontId: 'nonsense' } });
    expect(unknown.addDraftLines.userErrors).toEqual([{ code: 'UNKNOWN_STOREFRONT' }]);
  });

  it('of guests become the cart of the storefront that they are of, and are placed by its policy', async () => {
    const create = `mutation ($input: CreateDraftInput!) {
      createDraft(input: $input) { token order { id } userErrors { code } } }`;
    const guest = { lines, storefrontId: storefrontIds.encode(BLUE), paymentMethod: 'pm' };
    const { createDraft } = await ask(ANONYMOUS, create, { input: guest });
    const merge = `mutation ($token: String!) {
      mergeDraft(input: { token: $token }) { order { id } userErrors { code } } }`;
    const { token } = createDraft;
    const opened = 'query ($token: String!) { guestOrder(token: $token) { id } }';
    expect((await ask(staffOf(GREEN), opened, { token })).guestOrder).toBeNull();
    expect((await ask(staffOf(GREEN), merge, { token })).mergeDraft.userErrors).toEqual([
      { code: 'NOT_FOUND' },
    ]);
    const buyer = customer();
    const { mergeDraft } = await ask(buyer, merge, { token });
    const { cart } = await ask(buyer, CART, { storefrontId: storefrontIds.encode(BLUE) });
    expect(cart.id).toBe(mergeDraft.order.id);
    orders.people.add(buyer.userId);
    const place = `mutation ($input: PlaceDraftInput!) {
      placeDraft(input: $input) { order { captureOn storefront { id } } userErrors { code } } }`;
    const input = { storefrontId: storefrontIds.encode(BLUE), idempotencyKey: newId() };
    expect((await ask(buyer, place, { input })).placeDraft).toEqual({
      order: { captureOn: 'SHIPMENT', storefront: { id: storefrontIds.encode(BLUE) } },
      userErrors: [],
    });
  });
});
