import { randomUUID } from 'node:crypto';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { type Client, client } from '../../support/client.js';
import { follow, placed, ship, stepsUntil } from '../../support/orders.js';
import { type Customer, logIn, type Shop } from '../../support/shop.js';

/** One request that can be carried out, made anew for each test. */
export interface Request {
  as: Client;
  input: Record<string, unknown>;
  /** What of the input to change so that it is another request. */
  other: Record<string, unknown>;
  /** What of the input to change so that it is refused. */
  wrong: Record<string, unknown>;
  /** What the mutation leaves behind, each time it happens; undefined where nobody can tell. */
  effects?: () => Promise<unknown[]>;
}

export interface Stage {
  shop: Shop;
  customer: Customer;
  admin: Client;
}

/** A real request for each mutation of the API. Whoever adds a mutation adds its request. */
export const MUTATIONS: Record<string, (stage: Stage) => Promise<Request>> = {
  register: async ({ shop }) => ({
    as: shop.nobody,
    input: { email: `${randomUUID()}@example.com`, password: 'correct horse', name: 'Ada' },
    other: { password: 'another horse' },
    wrong: { password: 'short' },
  }),
  addAddress: async (stage) => ({
    as: stage.customer,
    input: { ...HOME, name: randomUUID() },
    other: { city: 'York' },
    wrong: { country: 'QQ' },
  }),
  updateAddress: async (stage) => ({
    as: stage.customer,
    input: { id: await addAddress(stage), address: { ...HOME, city: 'York' } },
    other: { address: HOME },
    wrong: { id: 'nonsense' },
  }),
  removeAddress: async (stage) => ({
    as: stage.customer,
    input: { id: await addAddress(stage) },
    other: { id: await addAddress(stage) },
    wrong: { id: 'nonsense' },
  }),
  assignRoles: async ({ shop, admin }) => ({
    as: admin,
    input: { userId: (await shop.customer()).id, roles: ['PARTNER'] },
    other: { roles: ['STAFF'] },
    wrong: { roles: [] },
  }),
  importCustomers: async ({ shop }) => ({
    as: shop.staff,
    input: { customers: [{ externalId: randomUUID(), name: 'Ada' }] },
    other: { customers: [{ externalId: randomUUID(), name: 'Eve' }] },
    wrong: { customers: [{ externalId: '', name: 'Ada' }] },
  }),
  createProduct: async ({ shop }) => ({
    as: shop.staff,
    input: { sku: randomUUID(), title: 'Mug', price: '1.00' },
    other: { price: '2.00' },
    wrong: { price: '-1' },
  }),
  updateProduct: async ({ shop }) => ({
    as: shop.staff,
    input: { sku: await shop.product(), price: '2.00' },
    other: { price: '3.00' },
    wrong: { price: '-1' },
  }),
  setStock: async ({ shop }) => ({
    as: shop.staff,
    input: { sku: await shop.product(), onHand: 7 },
    other: { onHand: 8 },
    wrong: { onHand: -1 },
  }),
  importProducts: async ({ shop }) => ({
    as: shop.staff,
    input: { products: [{ sku: randomUUID(), title: 'Mug', price: '1.00' }] },
    other: { products: [{ sku: randomUUID(), title: 'Mug', price: '2.00' }] },
    wrong: { products: [{ sku: randomUUID(), title: '', price: '1.00' }] },
  }),
  placeOrder: async ({ shop }) => {
    const buyer = await shop.customer();
    const sku = await shop.product();
    return {
      as: buyer,
      input: { lines: [{ sku, quantity: 1 }], paymentMethod: 'pm_card_approve' },
      other: { lines: [{ sku, quantity: 2 }] },
      wrong: { lines: [] },
      effects: () => ordersOf(buyer),
    };
  },
  payOrder: async (stage) => {
    const orderId = await declinedOrder(stage);
    return {
      as: stage.customer,
      input: { orderId, paymentMethod: 'pm_card_approve' },
      other: { paymentMethod: 'pm_card_decline' },
      wrong: { paymentMethod: '' },
      effects: () => eventsOf(stage, orderId, 'PAYMENT_REQUESTED'),
    };
  },
  cancelOrder: async (stage) => {
    const orderId = await placedOrder(stage);
    return {
      as: stage.customer,
      input: { orderId, reason: 'too late' },
      other: { reason: 'too dear' },
      wrong: { orderId: 'nonsense' },
      effects: () => eventsOf(stage, orderId, 'CANCELLING'),
    };
  },
  fulfillOrders: async (stage) => {
    const orderId = await confirmedOrder(stage);
    return {
      as: stage.shop.staff,
      input: { orderIds: [orderId] },
      other: { orderIds: [orderId, orderId] },
      wrong: { orderIds: ['nonsense'] },
      effects: () => eventsOf(stage, orderId, 'PROCESSING'),
    };
  },
  refundOrder: async (stage) => {
    const orderId = await confirmedOrder(stage);
    await ship(stage.shop.staff, orderId);
    await stepsUntil(stage.customer, orderId, 'SHIPPED');
    return {
      as: stage.shop.staff,
      input: { orderId, amount: '1.00' },
      other: { amount: '2.00' },
      wrong: { amount: '1000.00' },
      effects: () => eventsOf(stage, orderId, 'REFUND_REQUESTED'),
    };
  },
};

export async function setStage(shop: Shop): Promise<Stage> {
  const token = await logIn(shop.nobody, DEMO_PEOPLE.admin);
  return { shop, customer: await shop.customer(), admin: client(shop.url, token) };
}

const HOME = {
  name: 'Ada',
  line1: '12 St James Square',
  city: 'London',
  postalCode: 'SW1',
  country: 'GB',
};

async function addAddress({ customer }: Stage): Promise<string> {
  const { addAddress } = await customer.ask<{ addAddress: { address: { id: string } } }>(
    'mutation ($input: AddAddressInput!) { addAddress(input: $input) { address { id } } }',
    { input: HOME },
  );
  return addAddress.address.id;
}

async function placedOrder({ shop, customer }: Stage, paymentMethod = 'pm_card_approve') {
  return placed(customer, { lines: [{ sku: await shop.product(), quantity: 1 }], paymentMethod });
}

async function confirmedOrder(stage: Stage): Promise<string> {
  const id = await placedOrder(stage);
  await stepsUntil(stage.customer, id, 'CONFIRMED');
  return id;
}

async function declinedOrder(stage: Stage): Promise<string> {
  const id = await placedOrder(stage, 'pm_card_insufficient_funds');
  const subscription = await follow(stage.customer, id);
  await subscription.until(({ orderUpdates }) => orderUpdates.type === 'PAYMENT_DECLINED');
  await subscription.close();
  return id;
}

async function ordersOf(buyer: Client): Promise<unknown[]> {
  const { me } = await buyer.ask<{ me: { orders: { edges: unknown[] } } }>(
    '{ me { orders(first: 10) { edges { node { id } } } } }',
  );
  return me.orders.edges;
}

async function eventsOf({ shop }: Stage, id: string, type: string): Promise<unknown[]> {
  const { order } = await shop.staff.ask<{ order: { events: { edges: Edge[] } } }>(
    'query ($id: ID!) { order(id: $id) { events(first: 50) { edges { node { type } } } } }',
    { id },
  );
  return order.events.edges.filter(({ node }) => node.type === type);
}

interface Edge {
  node: { type: string };
}
