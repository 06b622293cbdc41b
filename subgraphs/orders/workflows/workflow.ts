import type { CaptureOn, OrderStatus } from '../order.js';

/**
 * How the orders of a storefront go: its own statuses, and how one leads to the next. Each status stands for one of the
 * canonical lifecycle, and several may stand for the same: a storefront renames, and puts steps of its own in between.
 */
export interface Workflow {
  name: string;
  /** The first that stands for a canonical status is where orders come in. */
  statuses: WorkflowStatus[];
  transitions: WorkflowTransition[];
}

export interface WorkflowStatus {
  /** Names it within its workflow: `QUALITY_CHECK`. */
  code: string;
  /** What people read. */
  name: string;
  canonical: OrderStatus;
}

export interface WorkflowTransition {
  /** Codes of statuses. */
  from: string;
  to: string;
  by: Mover;
  /** What follows once an order has gone this way. */
  actions: WorkflowAction[];
}

/** Who may move an order; whoever stands later may do what those before may. SYSTEM: jobs and clocks, nobody asks. */
export const MOVERS = ['SYSTEM', 'CUSTOMER', 'STAFF', 'MANAGER', 'ADMIN'] as const;
export type Mover = (typeof MOVERS)[number];

export const STOCK_OPERATIONS = ['RESERVE', 'COMMIT', 'CONSUME', 'RELEASE'] as const;
export type StockOperation = (typeof STOCK_OPERATIONS)[number];

export type WorkflowAction =
  /** Mail to the customer, instead of the usual where there is one; `{{number}}` and the like are filled in. */
  | { type: 'EMAIL'; subject: string; text: string }
  /** The webhooks of the storefront, and of the partner who placed the order, are told that it is at this status. */
  | { type: 'WEBHOOK' }
  /** The money that is due is taken. */
  | { type: 'CAPTURE' }
  | { type: 'STOCK'; operation: StockOperation };

/** One version of a storefront's workflow; it never changes. */
export interface WorkflowVersion {
  /** Bare id. */
  id: string;
  /** From 1. */
  version: number;
  workflow: Workflow;
}

export function statusOf(workflow: Workflow, code: string): WorkflowStatus | undefined {
  return workflow.statuses.find((status) => status.code === code);
}

/** Where orders come in that come to `canonical`. */
export function entryOf(workflow: Workflow, canonical: OrderStatus): WorkflowStatus {
  const entry = workflow.statuses.find((status) => status.canonical === canonical);
  if (!entry) throw new Error(`${workflow.name} has no status that stands for ${canonical}`);
  return entry;
}

/** When orders of this workflow are paid: whether the money is taken on the way to CONFIRMED. */
export function captureOnOf(workflow: Workflow): CaptureOn {
  const confirming = workflow.transitions.filter(
    ({ from, to }) =>
      statusOf(workflow, from)?.canonical === 'AUTHORIZED' &&
      statusOf(workflow, to)?.canonical === 'CONFIRMED',
  );
  return confirming.some(takesMoney) ? 'CONFIRMATION' : 'SHIPMENT';
}

export const takesMoney = ({ actions }: WorkflowTransition): boolean =>
  actions.some(({ type }) => type === 'CAPTURE');
