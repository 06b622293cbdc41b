import { type Decision, NOTHING, noted } from '../decision.js';
import { type OrderState, TERMINAL } from '../order.js';

export function flagAttention(order: OrderState, reason: string): Decision {
  if (order.needsAttention !== null || TERMINAL.includes(order.status)) return NOTHING;
  const flagged = noted(order, 'attention_needed', { reason }, reason);
  return { ...flagged, patch: { ...flagged.patch, needsAttention: reason } };
}
