import type { CancelTarget, OrderState, OrderStatus } from './order.js';
import { mergedParts, type OrderParts, type WholeOrder, withParts } from './order-parts.js';
import { type Step, stepTo } from './workflows/engine.js';
import { standingData } from './workflows/step-data.js';

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
  /** Lines, fulfillments and the like that are new or changed, each whole. */
  parts?: Partial<OrderParts>;
}

export const NOTHING: Decision = { facts: [], patch: {} };

/** One decision after the other, the second on what the first leads to. */
export function followed(
  order: WholeOrder,
  first: Decision,
  next: (order: WholeOrder) => Decision,
): Decision {
  const parts = first.parts ?? {};
  const second = next({ ...withParts(order, parts), ...first.patch });
  return {
    facts: [...first.facts, ...second.facts],
    patch: { ...first.patch, ...second.patch },
    parts: mergedParts(parts, second.parts ?? {}),
  };
}

export function cancelling(
  order: OrderState,
  cancelTarget: CancelTarget,
  reason: string | null,
): Decision {
  return moved(order, ['CANCELLING'], { cancelTarget, reason, pendingCapture: null });
}

/**
 * Goes through `path` status by status along the order's workflow, each move with its event; `data` belongs to the last.
 * `last` is the step to the last one where it is not the nearest.
 */
export function moved(
  order: OrderState,
  path: OrderStatus[],
  patch: Partial<OrderState>,
  data: object = {},
  last?: Step,
): Decision {
  const reason = patch.reason ?? order.reason;
  const facts: Fact[] = [];
  let standing = order;
  path.forEach((to, i) => {
    const isLast = i === path.length - 1;
    const step = (isLast && last) || stepTo(standing, to);
    standing = { ...standing, status: to, workflowStatus: step.workflowStatus };
    const told = isLast && TELLS_REASON.includes(to) ? reason : null;
    const mail = isLast && TELLS_CUSTOMER.includes(to) ? notice(order, told) : {};
    const said = { ...(isLast && data), ...mail, ...standingData(standing, step, notice(order)) };
    facts.push({ type: to.toLowerCase(), to, data: said, ...(isLast && { reason: told }) });
  });
  const { status, workflowStatus } = standing;
  const seq = order.seq + facts.length;
  return { facts, patch: { ...patch, status, workflowStatus, seq, needsAttention: null } };
}

const TELLS_REASON: readonly OrderStatus[] = ['CANCELLING', 'CANCELLED', 'FAILED', 'EXPIRED'];
const TELLS_CUSTOMER: readonly OrderStatus[] = [
  'CONFIRMED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'DELIVERED',
  'CANCELLED',
  'FAILED',
  'EXPIRED',
];

/** What whoever sends mail about it needs to know. */
export function notice(order: OrderState, reason: string | null = null) {
  return { notify: hasReader(order), customerId: order.customerId, reason };
}

/** Whether there is somebody who wants mail about the order and has an address. */
export function hasReader({
  notify,
  customerId,
  contactEmail,
}: Pick<OrderState, 'notify' | 'customerId' | 'contactEmail'>): boolean {
  return notify && (customerId !== null || contactEmail !== null);
}

/** The same, with more events that leave the status as it is then. */
export function alsoNoted({ facts, patch }: Decision, more: Array<Omit<Fact, 'to'>>): Decision {
  const { to } = facts.at(-1) as Fact;
  const following = more.map((fact) => ({ ...fact, to }));
  const seq = (patch.seq as number) + more.length;
  return { facts: [...facts, ...following], patch: { ...patch, seq } };
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
