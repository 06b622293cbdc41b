import { type CancelTarget, type OrderState, type OrderStatus, TRANSITIONS } from './order.js';

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

export const NOTHING: Decision = { facts: [], patch: {} };

export function cancelling(
  order: OrderState,
  cancelTarget: CancelTarget,
  reason: string | null,
): Decision {
  return moved(order, ['CANCELLING'], { cancelTarget, reason });
}

/** Goes through `path` status by status, each move with its event; `data` belongs to the last. */
export function moved(
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
