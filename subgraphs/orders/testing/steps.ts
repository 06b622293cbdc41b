import type { OrderCommand } from '@waybill/schema/commands.js';
import type { OrderRow } from '../tables.js';
import type { TestOrders } from './orders.js';

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
export function confirm(orders: TestOrders, { id, total }: OrderRow): Promise<OrderRow> {
  return orders.advance(
    id,
    reserved(),
    { type: 'recordAuthorized', amount: total },
    { type: 'recordConfirmed', captured: total },
  );
}
