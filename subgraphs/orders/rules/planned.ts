import type { Decision } from '../decision.js';
import { IN_FULFILLMENT } from '../order.js';
import type { WholeOrder } from '../order-parts.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { notNow } from './not-now.js';
import { refuseWhileBusy } from './pending-edit.js';
import { type Refusal, refusal } from './refusal.js';

/** What a person asks for is either carried out or refused. */
export type Planned = Decision | { errors: OrdersUserError[] };

/** Whether units of it may be packed, handed over or called off one by one. */
export const isShippable = ({ status }: WholeOrder) => IN_FULFILLMENT.includes(status);

/** Why nothing of the order may be packed or handed over. */
export function refuseShipping(order: WholeOrder): Refusal | undefined {
  if (!isShippable(order)) return notNow(order);
  if (order.fulfillmentHold === null) return refuseWhileBusy(order);
  const message = `Its fulfillment is on hold: ${order.fulfillmentHold}`;
  const nextStep = 'Lift the hold when that is settled: setFulfillmentHold.';
  return refusal('FULFILLMENT_ON_HOLD', message, nextStep, { code: Code.FULFILLMENT_ON_HOLD });
}
