import { randomUUID } from 'node:crypto';
import { colors as pc } from '@waybill/kernel/colors.js';
import { PlaceOrderDocument, type PlaceOrderMutation } from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { Failure } from '../command-line/failure.js';
import type { Say, Variant } from './tell-story.js';

export type PlacedOrder = NonNullable<PlaceOrderMutation['placeOrder']['order']>;

const QUANTITY = 2;

export async function placeDemoOrder(
  client: Client,
  variant: Variant,
  paymentMethod: string,
  say: Say,
): Promise<PlacedOrder> {
  const { placeOrder } = await client.run(PlaceOrderDocument, {
    input: {
      idempotencyKey: randomUUID(),
      lines: [{ sku: variant.sku, quantity: QUANTITY }],
      paymentMethod,
    },
  });
  const { order, userErrors } = placeOrder;
  if (!order) throw new Failure(userErrors.map(({ message }) => message).join(' '));
  const { amount, currency } = order.total;
  say(
    pc.bold(
      `Order ${order.number}: ${QUANTITY} × ${variant.title}, ${amount} ${currency}, ${paymentMethod}`,
    ),
  );
  return order;
}
