import { randomUUID } from 'node:crypto';
import type { Client } from './client.js';
import type { Subscription } from './subscription.js';

export interface OrderRequest {
  idempotencyKey?: string;
  lines?: Array<{ sku: string; quantity: number }>;
  /** In place of lines. */
  quoteId?: string;
  paymentMethod?: string;
  notifyCustomer?: boolean;
  /** For whom staff order. */
  customerId?: string;
}

export interface Placed {
  order: { id: string; status: string; total: { amount: string; currency: string } } | null;
  alreadyPlaced: boolean;
  userErrors: Array<{ code: string; field: string[] | null; message: string }>;
}

/** Places an order, by default paid with a card that is approved and without mail. */
export async function placeOrder(buyer: Client, request: OrderRequest): Promise<Placed> {
  const input = {
    idempotencyKey: randomUUID(),
    paymentMethod: 'pm_card_approve',
    notifyCustomer: false,
    ...request,
  };
  const { placeOrder } = await buyer.ask<{ placeOrder: Placed }>(
    `mutation ($input: PlaceOrderInput!) {
       placeOrder(input: $input) {
         order { id status total { amount currency } }
         alreadyPlaced
         userErrors { code field message }
       }
     }`,
    { input },
  );
  return placeOrder;
}

/** Places an order that is not refused; its id. */
export async function placed(buyer: Client, request: OrderRequest): Promise<string> {
  const { order, userErrors } = await placeOrder(buyer, request);
  if (!order) throw new Error(`refused: ${JSON.stringify(userErrors)}`);
  return order.id;
}

type Refusals = Array<{ code: string }>;

/** Calls an order off; why that was refused, if it was. */
export async function cancelOrder(
  who: Client,
  input: { orderId: string; reason?: string },
): Promise<Refusals> {
  const { cancelOrder } = await who.ask<{ cancelOrder: { userErrors: Refusals } }>(
    'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { userErrors { code } } }',
    { input },
  );
  return cancelOrder.userErrors;
}

/** Has a confirmed order shipped. */
export async function ship(staff: Client, orderId: string): Promise<void> {
  const { fulfillOrders } = await staff.ask<{ fulfillOrders: { userErrors: Refusals } }>(
    `mutation ($input: FulfillOrdersInput!) {
       fulfillOrders(input: $input) { userErrors { code } }
     }`,
    { input: { orderIds: [orderId] } },
  );
  if (fulfillOrders.userErrors.length > 0) throw new Error(JSON.stringify(fulfillOrders));
}

export interface Step {
  seq: number;
  type: string;
  from: string | null;
  to: string;
  reason: string | null;
}

type Update = { orderUpdates: Step };

/** Follows an order's steps from the one after `afterSeq`. */
export function follow(
  watcher: Client,
  orderId: string,
  afterSeq = 0,
): Promise<Subscription<Update>> {
  return watcher.subscribe<Update>(
    `subscription ($orderId: ID!, $afterSeq: Int) {
       orderUpdates(orderId: $orderId, afterSeq: $afterSeq) { seq type from to reason }
     }`,
    { orderId, afterSeq },
  );
}

/** All steps of an order until it comes into `status`, as a subscriber sees them. */
export async function stepsUntil(
  watcher: Client,
  orderId: string,
  status: string,
): Promise<Step[]> {
  const subscription = await follow(watcher, orderId);
  const updates = await subscription.until(({ orderUpdates }) => orderUpdates.to === status);
  await subscription.close();
  return updates.map(({ orderUpdates }) => orderUpdates);
}

/** 1, 2, 3 … as many as there are steps: what a history without gaps looks like. */
export function gapless(steps: readonly unknown[]): number[] {
  return steps.map((_, index) => index + 1);
}
