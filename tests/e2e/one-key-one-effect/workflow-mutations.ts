import { randomUUID } from 'node:crypto';
import { stepwise } from '@waybill/orders/testing/workflows.js';
import { stepsUntil } from '../../support/orders.js';
import { eventsOf, type Request, type Stage } from './stage.js';

/** How the orders of a storefront go, and where they are brought. */
export const WORKFLOW_MUTATIONS: Record<string, (stage: Stage) => Promise<Request>> = {
  saveWorkflow: async (stage) => {
    const { id: storefrontId } = await newStorefront(stage);
    const versions = `query ($storefrontId: ID!) {
      workflows(storefrontId: $storefrontId) { edges { cursor } } }`;
    return {
      as: stage.admin,
      input: { storefrontId, workflow: stepwise() },
      other: { workflow: { ...stepwise(), name: 'Another' } },
      wrong: { workflow: { ...stepwise(), transitions: [] } },
      effects: async () =>
        (await stage.admin.ask<{ workflows: { edges: object[] } }>(versions, { storefrontId }))
          .workflows.edges,
    };
  },
  moveOrder: async (stage) => {
    const orderId = await orderOfWorkflow(stage);
    return {
      as: stage.admin,
      input: { orderId, to: 'CHECKED' },
      other: { reason: 'looked at it twice' },
      wrong: { to: 'NOWHERE' },
      effects: () => eventsOf(stage, orderId, 'STEPPED'),
    };
  },
};

async function newStorefront({ admin }: Stage): Promise<{ id: string; code: string }> {
  const code = randomUUID();
  const { createStorefront } = await admin.ask<{
    createStorefront: { storefront: { id: string } };
  }>(
    'mutation ($input: CreateStorefrontInput!) { createStorefront(input: $input) { storefront { id } } }',
    { input: { code, name: 'Blue', currency: 'GBP', locale: 'en-GB' } },
  );
  return { id: createStorefront.storefront.id, code };
}

const SELL = `mutation ($workflow: SaveWorkflowInput!, $products: PublishProductsInput!, $prices: SetPricesInput!) {
  saveWorkflow(input: $workflow) { userErrors { code } }
  publishProducts(input: $products) { userErrors { code } }
  setPrices(input: $prices) { userErrors { code } } }`;

/** A confirmed order of a storefront with a workflow of its own. */
async function orderOfWorkflow(stage: Stage): Promise<string> {
  const { shop, admin, customer } = stage;
  const { id: storefrontId, code: storefront } = await newStorefront(stage);
  const sku = await shop.product();
  const { productVariant } = await admin.ask<{ productVariant: { product: { id: string } } }>(
    'query ($sku: String!) { productVariant(sku: $sku) { product { id } } }',
    { sku },
  );
  await admin.ask(SELL, {
    workflow: { storefrontId, workflow: stepwise() },
    products: { storefront, productIds: [productVariant.product.id] },
    prices: { storefront, prices: [{ sku, price: '10.00' }] },
  });
  const lines = [{ sku, quantity: 1 }];
  const order = { lines, paymentMethod: 'pm_card_approve', idempotencyKey: randomUUID() };
  const { placeOrder } = await customer.ask<{ placeOrder: { order: { id: string } } }>(
    'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code } } }',
    { input: { ...order, storefrontId } },
  );
  await stepsUntil(customer, placeOrder.order.id, 'CONFIRMED');
  return placeOrder.order.id;
}
