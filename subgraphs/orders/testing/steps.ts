import type { OrderCommand } from '@waybill/schema/commands.js';
import { fulfillOrders } from '../fulfill-orders.js';
import type { OrderRow } from '../tables.js';
import { STAFF, type TestOrders } from './orders.js';

export const inMinutes = (minutes: number): string =>
  new Date(Date.now() + minutes * 60_000).toISOString();

export const reserved = (minutes = 15): OrderCommand => ({
  type: 'recordReserved',
  expiresAt: inMinutes(minutes),
});

export const declined = (attempt: number, hard = false): OrderCommand => ({
  type: 'recordDeclined',
  attempt,
  code: 'card_declined',
  hard,
});

/** The order, paid and confirmed by the saga. */
export function confirm(orders: TestOrders, { id, total, captureOn }: OrderRow): Promise<OrderRow> {
  return orders.advance(
    id,
    reserved(),
    { type: 'recordAuthorized', attempt: 1, amount: total },
    { type: 'recordConfirmed', captured: captureOn === 'SHIPMENT' ? 0 : total },
  );
}

/** Records that whatever is being handed over has left. */
export async function leave(orders: TestOrders, orderId: string): Promise<OrderRow> {
  const fulfillments = await orders.as(STAFF).loaders.fulfillments.load(orderId);
  const leaving = fulfillments.filter(({ status }) => status === 'SHIPPING');
  const steps = leaving.map(
    ({ id }): OrderCommand => ({ type: 'recordShipped', fulfillmentId: id, captured: 0 }),
  );
  return orders.advance(orderId, ...steps);
}

/** The order, shipped whole. */
export async function shipWhole(orders: TestOrders, orderId: string): Promise<OrderRow> {
  await fulfillOrders(orders.as(STAFF), STAFF, [orderId]);
  return leave(orders, orderId);
}
