import type { OrdersContext } from '../context.js';
import { type FulfillmentRow, FulfillmentTable } from '../tables.js';
import { fulfillmentId, presentFulfillment } from './types.js';

/** A fulfillment by its global id; null where there is none, or its order is not the asker's. */
export async function findFulfillment(
  id: string,
  { db, loaders }: OrdersContext,
): Promise<object | null> {
  const uuid = fulfillmentId.decode(id);
  if (!uuid) return null;
  const row = (await db.em().findOne(FulfillmentTable, { id: uuid })) as FulfillmentRow | null;
  const order = row && (await loaders.order.load(row.orderId));
  return order && { __typename: 'Fulfillment', ...presentFulfillment(row) };
}
