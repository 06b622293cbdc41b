import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { OrdersDependencies } from './dependencies.js';
import { plannedChange } from './guarded-change.js';
import { shipRest } from './rules/shipment.js';
import type { OrdersUserError } from './user-errors.js';

export const MAX_FULFILL = 500;

export interface FulfillResult {
  /** Bare ids of the orders that are being shipped, or have been. */
  orderIds: string[];
  errors: OrdersUserError[];
}

/**
 * Ships all that is left of orders, many in one call, from each location that holds some of it. One that cannot be
 * shipped does not hold up the others.
 */
export async function fulfillOrders(
  dependencies: Pick<OrdersDependencies, 'changeOrder' | 'commands'>,
  identity: Identity,
  orderIds: string[],
): Promise<FulfillResult> {
  const results = await Promise.all(
    orderIds.map(async (orderId) => {
      const { held } = await dependencies.commands.catalog.findHeld({ orderId });
      const ids = [newId(), ...held.map(() => newId())];
      return plannedChange(dependencies, identity, orderId, (order) => shipRest(order, ids, held));
    }),
  );
  return {
    orderIds: results.flatMap((result) => (result.orderId === null ? [] : [result.orderId])),
    errors: results.flatMap((result, i) =>
      result.errors.map((error) => ({ ...error, field: ['orderIds', `${i}`] })),
    ),
  };
}
