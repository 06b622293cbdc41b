import type { EditState, WholeOrder } from '../order-parts.js';
import { OrdersErrorCode as Code } from '../user-errors.js';
import { amountOf, type Refusal, refusal } from './refusal.js';

/** Edits of an order that is called off come to nothing. */
export function withdrawnEdits(order: WholeOrder): EditState[] {
  const pending = order.edits.filter(({ status }) => status === 'PENDING');
  return pending.map((edit) => ({ ...edit, status: 'REJECTED', rejection: 'ORDER_CANCELLED' }));
}

/** Why nothing else of the order may change while an edit is carried out, or its money is taken. */
export function refuseWhileBusy(order: WholeOrder): Refusal | undefined {
  if (order.pendingCapture !== null) {
    const message = `Its money is being taken: ${amountOf(order, order.pendingCapture)}.`;
    return refusal('MONEY_BEING_TAKEN', message, 'Wait until that is done; its events tell.');
  }
  if (!order.edits.some(({ status }) => status === 'PENDING')) return undefined;
  const nextStep = 'Wait until that is done; its events tell.';
  const code = Code.EDIT_UNDER_WAY;
  return refusal('EDIT_UNDER_WAY', 'It is being edited.', nextStep, { code });
}
