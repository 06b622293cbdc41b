import { type Decision, moved, NOTHING, noted } from '../decision.js';
import type { OrderState, OrderStatus } from '../order.js';
import { reservedForPayment } from './payment.js';

/** Waiting for money while units are held: only then can time run out. */
export function isHeld(status: OrderStatus): boolean {
  return status === 'RESERVED' || status === 'AUTHORIZED';
}

export function recordReserved(order: OrderState, expiresAt: string): Decision {
  return order.status === 'PENDING' ? reservedForPayment(order, expiresAt) : NOTHING;
}

/** While a payment runs the hold is extended again and again: only what is worth an event becomes one. */
export function recordHoldExtended(
  order: OrderState,
  { expiresAt, ttlSeconds }: { expiresAt: string; ttlSeconds: number },
): Decision {
  if (order.status !== 'RESERVED' || order.expiresAt === null) return NOTHING;
  const laterMs = Date.parse(expiresAt) - Date.parse(order.expiresAt);
  if (laterMs < (ttlSeconds * 1000) / 2) return NOTHING;
  const extended = noted(order, 'hold_extended', { expiresAt });
  return { ...extended, patch: { ...extended.patch, expiresAt } };
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
