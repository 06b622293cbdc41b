import { type Decision, moved, NOTHING } from '../decision.js';
import type { OrderState, OrderStatus } from '../order.js';
import { reservedForPayment } from './payment.js';

/** Waiting for money while units are held: only then can time run out. */
export function isHeld(status: OrderStatus): boolean {
  return status === 'RESERVED' || status === 'AUTHORIZED';
}

export function recordReserved(order: OrderState, expiresAt: string): Decision {
  return order.status === 'PENDING' ? reservedForPayment(order, expiresAt) : NOTHING;
}

export function outOfStock(order: OrderState): Decision {
  if (order.status !== 'PENDING') return NOTHING;
  return moved(order, ['VALIDATED', 'FAILED'], { reason: 'OUT_OF_STOCK' });
}

export function recordNotSellable(order: OrderState): Decision {
  return order.status === 'PENDING'
    ? moved(order, ['FAILED'], { reason: 'NOT_SELLABLE' })
    : NOTHING;
}
