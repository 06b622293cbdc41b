import type { OrderCommand, ReserveResult } from '@waybill/schema/commands.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type Placed = Extract<DomainEvent, { type: 'order.placed' }>;

/** A placed order gets all of its units held, or fails. */
export async function reserveStock(
  { subject: orderId, data }: Placed,
  { catalog, orders }: CommandClients,
  ttlSeconds: number,
): Promise<void> {
  const result = await catalog.reserveStock({ orderId, items: data.items, ttlSeconds });
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
