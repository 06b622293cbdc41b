import { IN_FULFILLMENT, type OrderState, TERMINAL } from '../order.js';
import { notNow } from './not-now.js';
import { amountDue, awaitsPayment } from './payment.js';
import { amountOf, type Refusal, refusal } from './refusal.js';

/** Why no payment can be made for the order; once it is confirmed, only staff have money authorized anew. */
export function refusePayment(order: OrderState, byStaff: boolean): Refusal | undefined {
  const isConfirmed = IN_FULFILLMENT.includes(order.status);
  if (awaitsPayment(order)) return isConfirmed && !byStaff ? staffOnly(order) : undefined;
  if (isConfirmed) return order.authorized < order.total ? underWay(order) : nothingDue(order);
  return isCovered(order) ? nothingDue(order) : notNow(order);
}

function staffOnly(order: OrderState): Refusal {
  const message = `Of ${amountOf(order, order.total)}, ${amountOf(order, amountDue(order))} are not authorized any more.`;
  return refusal('STAFF_ONLY', message, 'Ask staff: they have it authorized anew.');
}

function underWay(order: OrderState): Refusal {
  const message = `The payment of ${amountOf(order, order.total - order.authorized)} is under way.`;
  return refusal('PAYMENT_UNDER_WAY', message, 'Wait until it is made, at most a day.');
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
