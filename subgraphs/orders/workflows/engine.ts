import { type OrderStatus, TRANSITIONS } from '../order.js';
import {
  entryOf,
  MOVERS,
  type Mover,
  statusOf,
  type Workflow,
  type WorkflowStatus,
  type WorkflowTransition,
} from './workflow.js';

/** Where an order stands in its workflow. */
export interface Standing {
  status: OrderStatus;
  /** Undefined: the default one. */
  workflow?: Workflow | undefined;
  /** Null: where orders come in that are at this canonical status. */
  workflowStatus: string | null;
}

export interface Step {
  /** Null: where orders come in. */
  workflowStatus: string | null;
  /** The way it went; undefined where the workflow knows none and the system moved it nevertheless. */
  transition: WorkflowTransition | undefined;
}

/**
 * The step with which an order's canonical status becomes `to`: along a transition of its workflow. What the system
 * records has happened, so it is never refused for want of one: the order then comes in at the first status of that kind.
 * Throws where the lifecycle itself knows no such move.
 */
export function stepTo(order: Standing, to: OrderStatus): Step {
  if (!TRANSITIONS[order.status].includes(to))
    throw new Error(`an order cannot go from ${order.status} to ${to}`);
  const { workflow } = order;
  if (!workflow) return { workflowStatus: null, transition: undefined };
  const transition = waysOn(workflow, order).find((way) => canonicalOf(workflow, way) === to);
  return { workflowStatus: stored(workflow, transition?.to, to), transition };
}

/** The step along a transition to the status that goes by `code`; undefined where none leads there. */
export function stepAlong(order: Standing, code: string): Step | undefined {
  const { workflow } = order;
  if (!workflow) return undefined;
  const transition = waysOn(workflow, order).find(({ to }) => to === code);
  if (!transition) return undefined;
  const canonical = canonicalOf(workflow, transition);
  return { workflowStatus: stored(workflow, code, canonical), transition };
}

/** The transitions that lead on from where the order is. */
export function waysOn(workflow: Workflow, order: Standing): WorkflowTransition[] {
  const { code } = standingAt(workflow, order);
  return workflow.transitions.filter(({ from }) => from === code);
}

export function standingAt(workflow: Workflow, order: Standing): WorkflowStatus {
  const own = order.workflowStatus === null ? undefined : statusOf(workflow, order.workflowStatus);
  return own ?? entryOf(workflow, order.status);
}

export function canonicalOf(workflow: Workflow, { to }: WorkflowTransition): OrderStatus {
  return (statusOf(workflow, to) as WorkflowStatus).canonical;
}

/** Whether somebody of this standing may go a way that `by` may. */
export function mayMove(who: Mover, by: Mover): boolean {
  return MOVERS.indexOf(who) >= MOVERS.indexOf(by);
}

const stored = (workflow: Workflow, code: string | undefined, canonical: OrderStatus) =>
  code === undefined || code === entryOf(workflow, canonical).code ? null : code;
