import type { OrderState } from '../order.js';
import { amountDue } from './payment.js';
import { amountOf, type Refusal, refusal, timeOf } from './refusal.js';

/** Why an order where it is does not allow what is asked: it has not come that far yet, or is past it. */
export function notNow(order: OrderState): Refusal {
  switch (order.status) {
    case 'DRAFT':
      return refusal('NOT_PLACED', 'It is a draft.', 'Place it first: placeDraft.');
    case 'PENDING':
    case 'VALIDATED':
      return refusal('BEING_CHECKED', 'Its goods are being checked and held.', 'Wait a moment.');
    case 'RESERVED':
      return unpaid(order);
    case 'AUTHORIZED': {
      const message = `Its payment of ${amountOf(order, order.total)} is being completed.`;
      return refusal('PAYMENT_UNDER_WAY', message, 'Wait until the order is confirmed.');
    }
    case 'CONFIRMED':
    case 'PROCESSING': {
      const nextStep = 'Wait until a parcel has left, or call the order off.';
      return refusal('NOT_SHIPPED', 'Nothing of it has left yet.', nextStep);
    }
    case 'PARTIALLY_SHIPPED':
      return refusal('ALREADY_SHIPPED', 'Some of it has left.', SEND_BACK);
    case 'SHIPPED':
      return refusal('ALREADY_SHIPPED', 'All of it has left.', SEND_BACK);
    case 'DELIVERED':
      return refusal('ALREADY_DELIVERED', 'All of it has arrived.', SEND_BACK);
    case 'CANCELLING': {
      const nextStep = `Wait until money and units are given back: then it is ${order.cancelTarget}.`;
      return refusal('BEING_CANCELLED', 'It is being called off.', nextStep);
    }
    case 'CANCELLED':
      return ended('It was called off.');
    case 'FAILED':
      return ended('It could not be carried out.');
    case 'EXPIRED':
      return ended('Its time has run out.');
  }
}

const ended = (message: string) => refusal('TERMINAL', message, 'Place a new order: placeOrder.');

export const SEND_BACK = 'Send back what is not wanted: requestReturn.';

function unpaid(order: OrderState): Refusal {
  const due = amountDue(order);
  const until = order.expiresAt === null ? '' : ` until ${timeOf(order.expiresAt)}`;
  if (due > 0) {
    const message = `Of ${amountOf(order, order.total)}, ${amountOf(order, due)} are not paid.`;
    return refusal('NOT_YET_PAID', message, `Pay${until}: payOrder.`);
  }
  const message = `The payment of ${amountOf(order, order.total - order.authorized)} is under way.`;
  return refusal(
    'PAYMENT_UNDER_WAY',
    message,
    `Wait until it is made, at most${until || ' a while'}.`,
  );
}
