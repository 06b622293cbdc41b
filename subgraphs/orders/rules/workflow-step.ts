import { alsoNoted, type Decision, moved, NOTHING, noted, notice } from '../decision.js';
import type { WholeOrder } from '../order-parts.js';
import {
  canonicalOf,
  mayMove,
  type Step,
  standingAt,
  stepAlong,
  waysOn,
} from '../workflows/engine.js';
import { standingData } from '../workflows/step-data.js';
import {
  statusOf,
  takesMoney,
  type Workflow,
  type WorkflowTransition,
} from '../workflows/workflow.js';
import { notNow } from './not-now.js';
import { refuseWhileBusy } from './pending-edit.js';
import type { Planned } from './planned.js';
import { type Refusal, refusal, refused } from './refusal.js';
import { amountLeft } from './shipment-capture.js';
import { goOnFirst, rankTooLow } from './workflow-way.js';

/**
 * Brings an order to another status of its workflow. What has a mutation of its own (packing aside: shipping, delivering,
 * calling off) is done by that, and the order follows. Asked again, it answers the same.
 */
export function bringTo(order: WholeOrder, code: string, reason: string | null): Planned {
  const { workflow } = order;
  if (workflow && standingAt(workflow, order).code === code) return NOTHING;
  const refusing = refuseBringing(order, code);
  if (refusing) return refused(refusing);
  const step = stepAlong(order, code) as Step;
  const transition = step.transition as WorkflowTransition;
  const to = canonicalOf(workflow as Workflow, transition);
  return takingMoney(
    order,
    transition,
    to === order.status ? stepped(order, step, reason) : moved(order, [to], {}, {}, step),
  );
}

/** Why the order cannot be brought there. */
export function refuseBringing(order: WholeOrder, code: string): Refusal | undefined {
  const { workflow, askedBy } = order;
  if (!workflow) {
    const message = 'Its storefront has no statuses of its own.';
    return refusal(
      'NOT_IN_WORKFLOW',
      message,
      'Give it a workflow for later orders: saveWorkflow.',
    );
  }
  const ways = waysOn(workflow, order);
  const way = ways.find(({ to }) => to === code);
  if (!way) return notFrom(order, workflow, code, ways);
  const to = canonicalOf(workflow, way);
  const mutation = BY_OTHERS[to];
  if (to !== order.status && mutation !== undefined) {
    const message = `It comes to "${statusOf(workflow, code)?.name}" by what is done with it.`;
    return refusal('NOT_IN_WORKFLOW', message, mutation);
  }
  if (askedBy && !mayMove(askedBy, way.by)) return rankTooLow(workflow, way);
  return refuseWhileBusy(order);
}

/** Statuses to which an order comes with something else that is done. */
const BY_OTHERS: Partial<Record<WholeOrder['status'], string>> = {
  PENDING: 'Place it: placeDraft.',
  CANCELLING: 'Call it off: cancelOrder.',
  PARTIALLY_SHIPPED: 'Hand a parcel over: shipFulfillment.',
  SHIPPED: 'Hand over what is left: shipFulfillment or fulfillOrders.',
  DELIVERED: 'Say that its parcels have arrived: deliverFulfillment.',
};

function notFrom(order: WholeOrder, workflow: Workflow, code: string, ways: WorkflowTransition[]) {
  const target = statusOf(workflow, code);
  if (!target) {
    const codes = workflow.statuses.map((status) => status.code).join(', ');
    return refusal(
      'NOT_IN_WORKFLOW',
      `Its workflow has no status ${code}.`,
      `Name one of ${codes}.`,
      {
        field: ['to'],
      },
    );
  }
  if (ways.length === 0) return notNow(order);
  const message = `From "${standingAt(workflow, order).name}" no way leads to "${target.name}".`;
  return refusal('NOT_IN_WORKFLOW', message, goOnFirst(workflow, ways), { field: ['to'] });
}

/** From one status to another that stands for the same. */
function stepped(order: WholeOrder, step: Step, reason: string | null): Decision {
  const after = { ...order, workflowStatus: step.workflowStatus };
  const event = noted(order, 'stepped', standingData(after, step, notice(order)), reason);
  return { ...event, patch: { ...event.patch, workflowStatus: step.workflowStatus } };
}

/** The same, and a job takes what is due where the workflow says so on this way; what was paid before is not asked again. */
export function takingMoney(
  order: WholeOrder,
  transition: WorkflowTransition | undefined,
  decision: Decision,
): Decision {
  if (!transition || !takesMoney(transition) || order.captureOn === 'CONFIRMATION') return decision;
  const amount = amountLeft(order);
  if (amount <= 0) return decision;
  const asked = alsoNoted(decision, [{ type: 'capture_requested', data: { amount } }]);
  return { ...asked, patch: { ...asked.patch, pendingCapture: amount } };
}
