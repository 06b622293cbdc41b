import type { OrderCommand } from '@waybill/schema/commands.js';

/** The order axis; payment and refund are axes of their own, since one status cannot say "shipped and partly refunded". */
export const ORDER_STATUSES = [
  'DRAFT',
  'PENDING',
  'VALIDATED',
  'RESERVED',
  'AUTHORIZED',
  'CONFIRMED',
  'PROCESSING',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'DELIVERED',
  'CANCELLING',
  'CANCELLED',
  'FAILED',
  'EXPIRED',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const PAYMENT_STATUSES = ['NONE', 'AUTHORIZED', 'PARTIALLY_PAID', 'PAID', 'VOIDED'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const REFUND_STATUSES = ['NONE', 'PARTIALLY_REFUNDED', 'REFUNDED'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** Every move the order axis can make. What is not listed cannot happen. */
export const TRANSITIONS: Record<OrderStatus, readonly OrderStatus[]> = {
  DRAFT: ['PENDING', 'EXPIRED'],
  PENDING: ['VALIDATED', 'FAILED', 'CANCELLING'],
  VALIDATED: ['RESERVED', 'FAILED', 'CANCELLING'],
  RESERVED: ['AUTHORIZED', 'CANCELLING'],
  AUTHORIZED: ['CONFIRMED', 'CANCELLING'],
  CONFIRMED: ['PROCESSING', 'CANCELLING'],
  PROCESSING: ['PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLING'],
  PARTIALLY_SHIPPED: ['SHIPPED'],
  SHIPPED: ['DELIVERED'],
  DELIVERED: [],
  CANCELLING: ['CANCELLED', 'FAILED', 'EXPIRED'],
  CANCELLED: [],
  FAILED: [],
  EXPIRED: [],
};

/** After these only the refund axis moves. */
export const TERMINAL: readonly OrderStatus[] = ['DELIVERED', 'CANCELLED', 'FAILED', 'EXPIRED'];

export type CancelTarget = 'CANCELLED' | 'FAILED' | 'EXPIRED';

/** What the rules need to know of an order. Amounts in minor units of `currency`. */
export interface OrderState {
  id: string;
  status: OrderStatus;
  paymentStatus: PaymentStatus;
  refundStatus: RefundStatus;
  /** Seq of the order's last event; the next is one more. */
  seq: number;
  currency: string;
  total: number;
  captured: number;
  refunded: number;
  customerId: string | null;
  notify: boolean;
  paymentMethod: string;
  /** Counts the payment methods tried; a decline is remembered with the attempt that it ended. */
  paymentAttempt: number;
  declinedAttempt: number;
  paymentReversed: boolean;
  /** When the hold ends, by the database clock (ISO 8601); null when nothing expires. */
  expiresAt: string | null;
  cancelTarget: CancelTarget | null;
  reason: string | null;
  needsAttention: string | null;
}

/** Everything that can be asked of a placed order: by the saga, by people, by the clock. */
export type Command =
  | OrderCommand
  | { type: 'cancel'; reason: string | null }
  | { type: 'expire' }
  | { type: 'pay'; method: string }
  | { type: 'fulfill' };

/** An event to append: `data` is what its jobs need to know. */
export interface Fact {
  type: string;
  to: OrderStatus;
  reason?: string | null;
  data?: object;
}

/** What a command leads to. No facts: the order has moved on and the command changes nothing. */
export interface Decision {
  facts: Fact[];
  patch: Partial<OrderState>;
}

const NOTHING: Decision = { facts: [], patch: {} };

/** Pure: the same order and command always lead to the same decision; time comes in as `expire`, sent by a clock. */
export function decide(order: OrderState, command: Command): Decision {
  switch (command.type) {
    case 'recordReserved':
      return recordReserved(order, command.expiresAt);
    case 'recordShortage':
      return order.status === 'PENDING' ? outOfStock(order) : NOTHING;
    case 'recordNotSellable':
      return order.status === 'PENDING'
        ? moved(order, ['FAILED'], { reason: 'NOT_SELLABLE' })
        : NOTHING;
    case 'recordAuthorized':
      return recordAuthorized(order, command.amount);
    case 'recordDeclined':
      return recordDeclined(order, command);
    case 'recordConfirmed':
      return recordConfirmed(order, command.captured);
    case 'recordSettlementFailed':
      return order.status === 'AUTHORIZED' ? cancelling(order, 'FAILED', command.code) : NOTHING;
    case 'recordPaymentReversed':
      return recordPaymentReversed(order, command.refunded);
    case 'recordStockReleased':
      return recordStockReleased(order);
    case 'recordShipped':
      return order.status === 'PROCESSING' ? moved(order, ['SHIPPED'], {}) : NOTHING;
    case 'recordRefunded':
      return recordRefunded(order, command);
    case 'recordRefundFailed':
      return recordRefundFailed(order, command);
    case 'flagAttention':
      return flagAttention(order, command.reason);
    case 'cancel':
      return canBeCancelled(order.status)
        ? cancelling(order, 'CANCELLED', command.reason)
        : NOTHING;
    case 'expire':
      return isHeld(order.status) ? cancelling(order, 'EXPIRED', 'HOLD_EXPIRED') : NOTHING;
    case 'pay':
      return pay(order, command.method);
    case 'fulfill':
      return order.status === 'CONFIRMED' ? moved(order, ['PROCESSING'], {}) : NOTHING;
    default:
      return unhandled(command);
  }
}

/**
 * Until its goods are being shipped an order can be called off, by staff too: orders are shipped whole, in one step
 * that follows PROCESSING at once, so nobody can tell any more that nothing has left.
 */
export function canBeCancelled(status: OrderStatus): boolean {
  return TRANSITIONS[status].includes('CANCELLING') && status !== 'PROCESSING';
}

/** Waiting for money while units are held: only then can time run out. */
export function isHeld(status: OrderStatus): boolean {
  return status === 'RESERVED' || status === 'AUTHORIZED';
}

/** Whether another payment method may be tried: the last one was declined and the hold is alive. */
export function awaitsPayment(order: OrderState): boolean {
  return order.status === 'RESERVED' && order.declinedAttempt === order.paymentAttempt;
}

function recordReserved(order: OrderState, expiresAt: string): Decision {
  if (order.status !== 'PENDING') return NOTHING;
  return moved(order, ['VALIDATED', 'RESERVED'], { expiresAt }, paymentDue(order));
}

function outOfStock(order: OrderState): Decision {
  return moved(order, ['VALIDATED', 'FAILED'], { reason: 'OUT_OF_STOCK' });
}

function recordAuthorized(order: OrderState, amount: number): Decision {
  if (order.status !== 'RESERVED') return NOTHING;
  if (amount < order.total) return cancelling(order, 'FAILED', 'AUTHORIZED_TOO_LITTLE');
  return moved(order, ['AUTHORIZED'], { paymentStatus: 'AUTHORIZED' });
}

/** A hard decline ends the order; after a soft one the customer may try another card until the hold expires. */
function recordDeclined(
  order: OrderState,
  { attempt, code, hard }: { attempt: number; code: string; hard: boolean },
): Decision {
  if (order.status !== 'RESERVED' || awaitsPayment(order)) return NOTHING;
  if (attempt !== order.paymentAttempt) return NOTHING;
  if (hard) return cancelling(order, 'FAILED', code);
  const declined = noted(order, 'payment_declined', { code }, code);
  return {
    ...declined,
    patch: { ...declined.patch, declinedAttempt: attempt, needsAttention: null },
  };
}

function pay(order: OrderState, paymentMethod: string): Decision {
  if (!awaitsPayment(order)) return NOTHING;
  const patch = { paymentMethod, paymentAttempt: order.paymentAttempt + 1 };
  const requested = noted(order, 'payment_requested', paymentDue({ ...order, ...patch }));
  return { ...requested, patch: { ...requested.patch, ...patch } };
}

function recordConfirmed(order: OrderState, captured: number): Decision {
  if (order.status !== 'AUTHORIZED') return NOTHING;
  if (captured < order.total) return cancelling(order, 'FAILED', 'CAPTURED_TOO_LITTLE');
  return moved(order, ['CONFIRMED'], { paymentStatus: 'PAID', captured, expiresAt: null });
}

/** `refunded` may be more than the order knew of: a capture whose record came too late. */
function recordPaymentReversed(order: OrderState, refunded: number): Decision {
  if (order.status !== 'CANCELLING' || order.paymentReversed) return NOTHING;
  const reversed = noted(order, 'payment_reversed');
  const captured = Math.max(order.captured, refunded);
  const patch: Partial<OrderState> = {
    paymentReversed: true,
    captured,
    refunded: captured,
    needsAttention: null,
  };
  if (order.paymentStatus !== 'NONE' || captured > 0) patch.paymentStatus = 'VOIDED';
  if (captured > 0) patch.refundStatus = 'REFUNDED';
  return { ...reversed, patch: { ...reversed.patch, ...patch } };
}

/** Stock comes back last, so by then every compensation is acknowledged. */
function recordStockReleased(order: OrderState): Decision {
  if (order.status !== 'CANCELLING' || !order.paymentReversed || !order.cancelTarget)
    return NOTHING;
  return moved(order, [order.cancelTarget], { expiresAt: null });
}

/** A reversal has given back everything already, this refund included: then it only finds its way into the history. */
function recordRefunded(
  order: OrderState,
  { refundId, amount }: { refundId: string; amount: number },
): Decision {
  const fact = noted(order, 'refunded', { refundId, amount });
  const settled = { ...fact.patch, needsAttention: null };
  if (order.paymentReversed) return { ...fact, patch: settled };
  const refunded = order.refunded + amount;
  const refundStatus = refunded >= order.captured ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  return { ...fact, patch: { ...settled, refunded, refundStatus } };
}

function recordRefundFailed(
  order: OrderState,
  { refundId, code }: { refundId: string; code: string },
): Decision {
  const fact = noted(order, 'refund_failed', { refundId, code }, code);
  return { ...fact, patch: { ...fact.patch, needsAttention: null } };
}

function flagAttention(order: OrderState, reason: string): Decision {
  if (order.needsAttention !== null || TERMINAL.includes(order.status)) return NOTHING;
  const flagged = noted(order, 'attention_needed', { reason }, reason);
  return { ...flagged, patch: { ...flagged.patch, needsAttention: reason } };
}

function cancelling(
  order: OrderState,
  cancelTarget: CancelTarget,
  reason: string | null,
): Decision {
  return moved(order, ['CANCELLING'], { cancelTarget, reason });
}

/** Goes through `path` status by status, each move with its event; `data` belongs to the last. */
function moved(
  order: OrderState,
  path: OrderStatus[],
  patch: Partial<OrderState>,
  data: object = {},
): Decision {
  const reason = patch.reason ?? order.reason;
  const facts: Fact[] = [];
  let from = order.status;
  for (const to of path) {
    if (!TRANSITIONS[from].includes(to))
      throw new Error(`an order cannot go from ${from} to ${to}`);
    facts.push({ type: to.toLowerCase(), to, data: {} });
    from = to;
  }
  const last = facts.at(-1) as Fact;
  last.reason = TELLS_REASON.includes(from) ? reason : null;
  last.data = { ...data, ...(TELLS_CUSTOMER.includes(from) ? notice(order, last.reason) : {}) };
  return {
    facts,
    patch: { ...patch, status: from, seq: order.seq + facts.length, needsAttention: null },
  };
}

const TELLS_REASON: readonly OrderStatus[] = ['CANCELLING', 'CANCELLED', 'FAILED', 'EXPIRED'];
const TELLS_CUSTOMER: readonly OrderStatus[] = [
  'CONFIRMED',
  'SHIPPED',
  'CANCELLED',
  'FAILED',
  'EXPIRED',
];

function notice(order: OrderState, reason: string | null) {
  return { notify: order.notify, customerId: order.customerId, reason };
}

/** An event that leaves the status as it is. */
export function noted(
  order: OrderState,
  type: string,
  data: object = {},
  reason: string | null = null,
): Decision {
  return { facts: [{ type, to: order.status, data, reason }], patch: { seq: order.seq + 1 } };
}

function paymentDue(order: OrderState) {
  return {
    attempt: order.paymentAttempt,
    customerId: order.customerId,
    amount: order.total,
    currency: order.currency,
    method: order.paymentMethod,
  };
}

/** Keeps the compiler asking until every command has its rule. */
function unhandled(command: never): never {
  throw new Error(`unknown command ${JSON.stringify(command)}`);
}
