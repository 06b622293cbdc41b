import { randomUUID } from 'node:crypto';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import type { Client } from '../../support/client.js';
import { DOT } from '../../support/dot.js';
import { ship, stepsUntil } from '../../support/orders.js';
import { ACCOUNT_MUTATIONS } from './account-mutations.js';
import { BULK_MUTATIONS } from './bulk-mutations.js';
import { DRAFT_MUTATIONS } from './draft-mutations.js';
import { FULFILLMENT_MUTATIONS } from './fulfillment-mutations.js';
import { PARTNER_MUTATIONS } from './partner-mutations.js';
import { PRICE_MUTATIONS } from './price-mutations.js';
import { RETURN_MUTATIONS } from './return-mutations.js';
import {
  confirmedOrder,
  declinedOrder,
  eventsOf,
  placedOrder,
  productOf,
  type Request,
  type Stage,
} from './stage.js';
import { WEBHOOK_MUTATIONS } from './webhook-mutations.js';
import { WORKFLOW_MUTATIONS } from './workflow-mutations.js';

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
    input: { userId: (await shop.customer()).id, roles: ['MANAGER'] },
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
    input: { title: 'Mug', variants: [{ sku: randomUUID(), price: '1.00' }] },
    other: { title: 'Cup' },
    wrong: { title: '' },
  }),
  updateProduct: async ({ shop }) => ({
    as: shop.staff,
    input: { id: await productOf(shop), title: 'Cup' },
    other: { title: 'Mug' },
    wrong: { title: '' },
  }),
  createVariant: async ({ shop }) => ({
    as: shop.staff,
    input: {
      productId: await productOf(shop),
      sku: randomUUID(),
      price: '1.00',
      options: [{ name: 'size', value: 'M' }],
    },
    other: { price: '2.00' },
    wrong: { price: '-1' },
  }),
  updateVariant: async ({ shop }) => ({
    as: shop.staff,
    input: { sku: await shop.product(), options: [{ name: 'size', value: 'M' }] },
    other: { active: false },
    wrong: { options: [{ name: '', value: 'M' }] },
  }),
  setStock: async ({ shop }) => ({
    as: shop.staff,
    input: { lines: [{ sku: await shop.product(), onHand: 7 }] },
    other: { lines: [{ sku: await shop.product(), onHand: 8 }] },
    wrong: { lines: [{ sku: 'NONE', onHand: 7 }] },
  }),
  adjustStock: async ({ shop }) => ({
    as: shop.staff,
    input: { lines: [{ sku: await shop.product(), delta: 7 }], reason: 'RECEIVED' },
    other: { reason: 'FOUND' },
    wrong: { lines: [] },
  }),
  transferStock: async ({ shop, admin }) => ({
    as: shop.staff,
    input: {
      lines: [{ sku: await shop.product(), quantity: 1 }],
      from: 'main',
      to: await location(admin),
    },
    other: { note: 'twice' },
    wrong: { to: 'main' },
  }),
  createImageUpload: async ({ shop }) => ({
    as: shop.staff,
    input: { productId: await productOf(shop), alt: 'A mug' },
    other: { alt: 'A cup' },
    wrong: { productId: 'nonsense' },
  }),
  removeImage: async ({ shop }) => ({
    as: shop.staff,
    input: { id: await awaitedImage(shop) },
    other: { id: await awaitedImage(shop) },
    wrong: { id: 'nonsense' },
  }),
  updateImage: async ({ shop }) => ({
    as: shop.staff,
    input: { id: await sentImage(shop), alt: 'A mug' },
    other: { alt: 'A cup' },
    wrong: { id: 'nonsense' },
  }),
  createCategory: async ({ shop }) => ({
    as: shop.staff,
    input: { title: randomUUID() },
    other: { title: randomUUID() },
    wrong: { title: '' },
  }),
  updateCategory: async ({ shop }) => ({
    as: shop.staff,
    input: { id: await newCategory(shop), title: randomUUID() },
    other: { title: randomUUID() },
    wrong: { title: '' },
  }),
  deleteCategory: async ({ shop }) => ({
    as: shop.staff,
    input: { id: await newCategory(shop) },
    other: { id: await newCategory(shop) },
    wrong: { id: 'nonsense' },
  }),
  setBackorderPolicies: async ({ shop }) => ({
    as: shop.staff,
    input: { lines: [{ sku: await shop.product(), policy: 'BACKORDER', limit: 3 }] },
    other: { lines: [{ sku: 'OTHER', policy: 'DENY' }] },
    wrong: { lines: [{ sku: 'NONE', policy: 'DENY' }] },
  }),
  setLowStockThresholds: async ({ shop }) => ({
    as: shop.staff,
    input: { lines: [{ sku: await shop.product(), threshold: 3 }] },
    other: { lines: [{ sku: 'OTHER', threshold: 3 }] },
    wrong: { lines: [{ sku: 'NONE', threshold: 3 }] },
  }),
  createLocation: async ({ admin }) => ({
    as: admin,
    input: { code: randomUUID(), name: 'Depot' },
    other: { name: 'Shop' },
    wrong: { priority: -1 },
  }),
  updateLocation: async ({ admin }) => ({
    as: admin,
    input: { code: await location(admin), name: randomUUID() },
    other: { name: 'Shop' },
    wrong: { priority: -1 },
  }),
  importProducts: async ({ shop }) => ({
    as: shop.staff,
    input: { products: [{ sku: randomUUID(), title: 'Mug', price: '1.00' }] },
    other: { products: [{ sku: randomUUID(), title: 'Mug', price: '2.00' }] },
    wrong: { products: [{ sku: randomUUID(), title: '', price: '1.00' }] },
  }),
  createStorefront: async ({ admin }) => ({
    as: admin,
    input: { code: randomUUID(), name: 'Blue', currency: 'GBP', locale: 'en-GB' },
    other: { name: 'Green' },
    wrong: { currency: 'nothing' },
  }),
  updateStorefront: async ({ admin }) => ({
    as: admin,
    input: { id: `Storefront_${MAIN_STOREFRONT_ID}`, name: randomUUID() },
    other: { name: 'Green' },
    wrong: { currency: 'nothing' },
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
  editOrder: async (stage) => {
    const orderId = await confirmedOrder(stage, 3);
    return {
      as: stage.customer,
      input: { orderId, lines: [{ lineNumber: 1, quantity: 2 }] },
      other: { lines: [{ lineNumber: 1, quantity: 1 }] },
      wrong: { lines: [{ lineNumber: 1, quantity: -1 }] },
      effects: () => eventsOf(stage, orderId, 'EDITED'),
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
  ...ACCOUNT_MUTATIONS,
  ...BULK_MUTATIONS,
  ...FULFILLMENT_MUTATIONS,
  ...PRICE_MUTATIONS,
  ...RETURN_MUTATIONS,
  ...DRAFT_MUTATIONS,
  ...PARTNER_MUTATIONS,
  ...WEBHOOK_MUTATIONS,
  ...WORKFLOW_MUTATIONS,
};

/** Code of a new location. */
async function location(admin: Client): Promise<string> {
  const code = randomUUID();
  await admin.ask(
    'mutation ($input: CreateLocationInput!) { createLocation(input: $input) { userErrors { code } } }',
    { input: { code, name: 'Depot' } },
  );
  return code;
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

async function ordersOf(buyer: Client): Promise<unknown[]> {
  const { me } = await buyer.ask<{ me: { orders: { edges: unknown[] } } }>(
    '{ me { orders(first: 10) { edges { node { id } } } } }',
  );
  return me.orders.edges;
}

async function newCategory(shop: Stage['shop']): Promise<string> {
  const { createCategory } = await shop.staff.ask<{ createCategory: { category: { id: string } } }>(
    'mutation ($input: CreateCategoryInput!) { createCategory(input: $input) { category { id } } }',
    { input: { title: randomUUID() } },
  );
  return createCategory.category.id;
}

const awaitedImage = async (shop: Stage['shop']) => (await imageUpload(shop)).imageId;

async function sentImage(shop: Stage['shop']): Promise<string> {
  const { imageId, path } = await imageUpload(shop);
  const { status } = await fetch(new URL(path, shop.url), { method: 'PUT', body: DOT });
  if (status !== 201) throw new Error(`an image was answered ${status}`);
  return imageId;
}

async function imageUpload(shop: Stage['shop']): Promise<{ imageId: string; path: string }> {
  const { createImageUpload } = await shop.staff.ask<{
    createImageUpload: { upload: { imageId: string; path: string } };
  }>(
    `mutation ($input: CreateImageUploadInput!) {
      createImageUpload(input: $input) { upload { imageId path } }
    }`,
    { input: { productId: await productOf(shop) } },
  );
  return createImageUpload.upload;
}
