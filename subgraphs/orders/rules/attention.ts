import { type Decision, NOTHING, noted } from '../decision.js';
import { type OrderState, TERMINAL } from '../order.js';

export function flagAttention(order: OrderState, reason: string): Decision {
  if (order.needsAttention !== null || TERMINAL.includes(order.status)) return NOTHING;
  const flagged = noted(order, 'attention_needed', { reason }, reason);
  return { ...flagged, patch: { ...flagged.patch, needsAttention: reason } };
}

/** Money concerns staff even when the goods do not any more: a dispute mostly comes after the delivery. */
export function recordPaymentIssue(order: OrderState, reason: string): Decision {
  if (order.needsAttention === reason) return NOTHING;
  const noticed = noted(order, 'attention_needed', { reason }, reason);
  return { ...noticed, patch: { ...noticed.patch, needsAttention: reason } };
}
