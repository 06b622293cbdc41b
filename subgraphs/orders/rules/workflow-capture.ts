import type { EndedPayment } from '@waybill/schema/commands.js';
import { type Decision, NOTHING, noted } from '../decision.js';
import type { WholeOrder } from '../order-parts.js';
import { withoutEnded } from './authorization.js';
import { moneyTaken } from './shipment.js';

/** The money that the workflow asked for is taken. */
export function recordCaptured(order: WholeOrder, captured: number): Decision {
  if (order.pendingCapture === null) return NOTHING;
  const taken = noted(order, 'captured', { amount: captured });
  const patch = { ...moneyTaken(order, captured), pendingCapture: null };
  return { ...taken, patch: { ...taken.patch, ...patch } };
}

/** It is not, or not all: nothing leaves without its money, and staff are asked to look. */
export function recordCaptureFailed(
  order: WholeOrder,
  { code, captured, ended }: { code: string; captured: number; ended: EndedPayment[] },
): Decision {
  if (order.pendingCapture === null) return NOTHING;
  const money = moneyTaken(order, captured);
  const failed = noted(order, 'capture_failed', { amount: captured, code }, code);
  const patch = {
    ...money,
    ...withoutEnded({ ...order, ...money }, ended),
    pendingCapture: null,
    needsAttention: `its money could not be taken: ${code}`,
  };
  return { ...failed, patch: { ...failed.patch, ...patch } };
}
