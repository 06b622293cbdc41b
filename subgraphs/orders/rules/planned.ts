import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { Decision } from '../decision.js';
import type { FulfillmentState, WholeOrder } from '../order-parts.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';

/** What a person asks for is either carried out or refused. */
export type Planned = Decision | { errors: OrdersUserError[] };

/** A plan for one of the order's fulfillments, if it is there and in one of these statuses. */
export function withFulfillment(
  order: WholeOrder,
  id: string,
  allowed: readonly FulfillmentState['status'][],
  plan: (fulfillment: FulfillmentState) => Planned,
): Planned {
  const fulfillment = order.fulfillments.find((each) => each.id === id);
  const field = ['fulfillmentId'];
  if (!fulfillment)
    return { errors: [userError(Code.NOT_FOUND, 'There is no such fulfillment.', field)] };
  if (allowed.includes(fulfillment.status)) return plan(fulfillment);
  const message = `A fulfillment that is ${fulfillment.status} does not allow this.`;
  return { errors: [userError(Code.INVALID_STATE, message, field)] };
}

const SHIPPABLE = ['CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED'];

/** Why nothing of the order may be packed or handed over. */
export function refuseShipping(order: WholeOrder): OrdersUserError[] {
  if (!SHIPPABLE.includes(order.status)) {
    const message = `An order that is ${order.status} cannot be shipped.`;
    return [userError(Code.INVALID_STATE, message, ['orderId'])];
  }
  if (order.fulfillmentHold === null) return [];
  const message = `Its fulfillment is on hold: ${order.fulfillmentHold}`;
  return [userError(Code.FULFILLMENT_ON_HOLD, message, ['orderId'])];
}
