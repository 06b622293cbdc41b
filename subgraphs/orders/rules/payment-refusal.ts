import { type OrderState, TERMINAL } from '../order.js';
import { notNow } from './not-now.js';
import { awaitsPayment } from './payment.js';
import { amountOf, type Refusal, refusal } from './refusal.js';

/** Why no payment can be made for the order. */
export function refusePayment(order: OrderState): Refusal | undefined {
  if (awaitsPayment(order)) return undefined;
  return isCovered(order) ? nothingDue(order) : notNow(order);
}

/** What is authorized of an order that was called off is on its way back. */
const isCovered = ({ status, authorized, total }: OrderState) =>
  authorized >= total &&
  status !== 'CANCELLING' &&
  (status === 'DELIVERED' || !TERMINAL.includes(status));

function nothingDue(order: OrderState): Refusal {
  const { total, captured, captureOn } = order;
  const message =
    captureOn === 'SHIPMENT' && captured < total
      ? `${amountOf(order, total)} are authorized: the money is taken as parcels leave.`
      : `All of it is paid: ${amountOf(order, total)}.`;
  return refusal('ALREADY_PAID', message, 'Nothing is to be paid.');
}
