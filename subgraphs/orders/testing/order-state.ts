import { newId } from '@waybill/kernel/ids.js';
import type { OrderState, OrderStatus } from '../order.js';

const PAID: readonly OrderStatus[] = [
  'CONFIRMED',
  'PROCESSING',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'DELIVERED',
];

/** An order of 10.50 GBP that came straight to `status`. */
export function orderIn(status: OrderStatus, changes: Partial<OrderState> = {}): OrderState {
  const captured = PAID.includes(status) ? 1050 : 0;
  return {
    id: newId(),
    status,
    paymentStatus: captured > 0 ? 'PAID' : status === 'AUTHORIZED' ? 'AUTHORIZED' : 'NONE',
    refundStatus: 'NONE',
    seq: 7,
    currency: 'GBP',
    total: 1050,
    authorized: captured || (status === 'AUTHORIZED' ? 1050 : 0),
    captured,
    refunded: 0,
    captureOn: 'CONFIRMATION',
    version: 1,
    customerId: null,
    notify: true,
    paymentMethod: 'pm_card_approve',
    paymentAttempt: 1,
    declinedAttempt: 0,
    paymentReversed: false,
    expiresAt: null,
    cancelTarget: status === 'CANCELLING' ? 'CANCELLED' : null,
    reason: null,
    needsAttention: null,
    ...changes,
  };
}
