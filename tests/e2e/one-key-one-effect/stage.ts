import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { type Client, client } from '../../support/client.js';
import { follow, placed, stepsUntil } from '../../support/orders.js';
import { type Customer, logIn, type Shop } from '../../support/shop.js';

/** One request that can be carried out, made anew for each test. */
export interface Request {
  as: Client;
  input: Record<string, unknown>;
  /** What of the input to change so that it is another request; undefined where there is no other. */
  other: Record<string, unknown> | undefined;
  /** What of the input to change so that it is refused; undefined where nothing is. */
  wrong: Record<string, unknown> | undefined;
  /** What the mutation leaves behind, each time it happens; undefined where nobody can tell. */
  effects?: () => Promise<unknown[]>;
}

export interface Stage {
  shop: Shop;
  customer: Customer;
  admin: Client;
}

export async function setStage(shop: Shop): Promise<Stage> {
  const token = await logIn(shop.nobody, DEMO_PEOPLE.admin);
  return { shop, customer: await shop.customer(), admin: client(shop.url, token) };
}

export async function placedOrder(
  { shop, customer }: Stage,
  { paymentMethod = 'pm_card_approve', quantity = 1 } = {},
) {
  return placed(customer, { lines: [{ sku: await shop.product(), quantity }], paymentMethod });
}

export async function confirmedOrder(stage: Stage, quantity = 1): Promise<string> {
  const id = await placedOrder(stage, { quantity });
  await stepsUntil(stage.customer, id, 'CONFIRMED');
  return id;
}

export async function declinedOrder(stage: Stage): Promise<string> {
  const id = await placedOrder(stage, { paymentMethod: 'pm_card_insufficient_funds' });
  const subscription = await follow(stage.customer, id);
  await subscription.until(({ orderUpdates }) => orderUpdates.type === 'PAYMENT_DECLINED');
  await subscription.close();
  return id;
}

export async function eventsOf({ shop }: Stage, id: string, type: string): Promise<unknown[]> {
  const { order } = await shop.staff.ask<{ order: { events: { edges: Edge[] } } }>(
    'query ($id: ID!) { order(id: $id) { events(first: 50) { edges { node { type } } } } }',
    { id },
  );
  return order.events.edges.filter(({ node }) => node.type === type);
}

interface Edge {
  node: { type: string };
}

/** The id of a new product. */
export async function productOf(shop: Stage['shop']): Promise<string> {
  const { productVariant } = await shop.staff.ask<{ productVariant: { product: { id: string } } }>(
    'query ($sku: String!) { productVariant(sku: $sku) { product { id } } }',
    { sku: await shop.product() },
  );
  return productVariant.product.id;
}
