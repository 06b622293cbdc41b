import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { Identity } from '@waybill/kernel/identity.js';
import type { OrdersDependencies } from './dependencies.js';
import { guardedChange } from './guarded-change.js';
import type { OrderState } from './order.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

export const MAX_FULFILL = 500;

export interface FulfillResult {
  /** Bare ids of the orders that are being shipped, or have been. */
  orderIds: string[];
  errors: OrdersUserError[];
}

/** Ships confirmed orders whole, many in one call. One that cannot be shipped does not hold up the others. */
export async function fulfillOrders(
  dependencies: Pick<OrdersDependencies, 'changeOrder'>,
  identity: Identity,
  orderIds: string[],
): Promise<FulfillResult> {
  const results = await Promise.all(
    orderIds.map((id) => guardedChange(dependencies, identity, id, { type: 'fulfill' }, refuse)),
  );
  return {
    orderIds: results.flatMap((result) => (result.orderId === null ? [] : [result.orderId])),
    errors: results.flatMap((result, i) =>
      result.errors.map((error) => ({ ...error, field: ['orderIds', `${i}`] })),
    ),
  };
}

const UNDER_WAY = ['CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED'];

function refuse(order: OrderState): OrdersUserError | undefined {
  if (UNDER_WAY.includes(order.status)) return undefined;
  return userError(Code.INVALID_STATE, `An order that is ${order.status} cannot be shipped.`);
}
