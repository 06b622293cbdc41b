import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { NOTHING } from './decision.js';
import type { OrdersDependencies } from './dependencies.js';
import { plannedChange } from './guarded-change.js';
import type { WholeOrder } from './order-parts.js';
import type { Planned } from './rules/planned.js';
import { shipWhole } from './rules/shipment.js';
import { everythingLeft } from './rules/units.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

export const MAX_FULFILL = 500;

export interface FulfillResult {
  /** Bare ids of the orders that are being shipped, or have been. */
  orderIds: string[];
  errors: OrdersUserError[];
}

/** Ships all that is left of orders, many in one call. One that cannot be shipped does not hold up the others. */
export async function fulfillOrders(
  dependencies: Pick<OrdersDependencies, 'changeOrder'>,
  identity: Identity,
  orderIds: string[],
): Promise<FulfillResult> {
  const results = await Promise.all(
    orderIds.map((id) => plannedChange(dependencies, identity, id, ship)),
  );
  return {
    orderIds: results.flatMap((result) => (result.orderId === null ? [] : [result.orderId])),
    errors: results.flatMap((result, i) =>
      result.errors.map((error) => ({ ...error, field: ['orderIds', `${i}`] })),
    ),
  };
}

/** What is packed already waits for its own handing over, and must not look as if it had left. */
function ship(order: WholeOrder): Planned {
  const waiting = order.fulfillments.find(
    ({ status }) => status === 'OPEN' || status === 'ON_HOLD',
  );
  if (waiting && everythingLeft(order).length === 0) {
    const message = `Fulfillment ${waiting.number} of the order is ${waiting.status}: ship it by itself.`;
    return { errors: [userError(Code.INVALID_STATE, message)] };
  }
  return isUnderWay(order) ? NOTHING : shipWhole(order, newId());
}

/** Asked again, it answers the same. */
function isUnderWay(order: WholeOrder): boolean {
  if (['SHIPPED', 'DELIVERED'].includes(order.status)) return true;
  return order.fulfillments.length > 0 && everythingLeft(order).length === 0;
}
