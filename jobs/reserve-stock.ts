import type { OrderCommand, ReserveResult } from '@waybill/schema/commands.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type Placed = Extract<DomainEvent, { type: 'order.placed' }>;

/** A placed order gets all of its units held, or fails. Where it was placed, its customer is known from now on. */
export async function reserveStock(
  { subject: orderId, data }: Placed,
  { catalog, orders, users }: CommandClients,
  ttlSeconds: number,
): Promise<void> {
  const { items, customerId: userId, firstIn: storefrontId } = data;
  const [result] = await Promise.all([
    catalog.reserveStock({ orderId, items, ttlSeconds }),
    userId && storefrontId && users.knowCustomer({ userId, storefrontId }),
  ]);
  await orders.applyToOrder({ orderId, command: recordOf(result) });
}

function recordOf(result: ReserveResult): OrderCommand {
  switch (result.outcome) {
    case 'RESERVED':
      return { type: 'recordReserved', expiresAt: result.expiresAt };
    case 'SHORT':
      return { type: 'recordShortage', shortages: result.shortages };
    case 'NOT_SELLABLE':
      return { type: 'recordNotSellable', skus: result.skus };
  }
}
