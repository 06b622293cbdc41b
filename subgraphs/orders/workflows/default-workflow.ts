import { type CaptureOn, ORDER_STATUSES, type OrderStatus, TRANSITIONS } from '../order.js';
import type {
  Mover,
  StockOperation,
  Workflow,
  WorkflowAction,
  WorkflowTransition,
} from './workflow.js';

/** Moves of the canonical lifecycle that people make; the others are made by jobs and clocks. */
const ASKED_FOR: Partial<Record<OrderStatus, Partial<Record<OrderStatus, Mover>>>> = {
  DRAFT: { PENDING: 'CUSTOMER' },
  PENDING: { CANCELLING: 'CUSTOMER' },
  VALIDATED: { CANCELLING: 'CUSTOMER' },
  RESERVED: { CANCELLING: 'CUSTOMER' },
  AUTHORIZED: { CANCELLING: 'CUSTOMER' },
  CONFIRMED: { PROCESSING: 'STAFF', CANCELLING: 'CUSTOMER' },
  PROCESSING: { PARTIALLY_SHIPPED: 'STAFF', SHIPPED: 'STAFF', CANCELLING: 'STAFF' },
  PARTIALLY_SHIPPED: { SHIPPED: 'STAFF' },
  SHIPPED: { DELIVERED: 'STAFF' },
};

/** Who makes a canonical move. */
export function moverOf(from: OrderStatus, to: OrderStatus): Mover {
  return ASKED_FOR[from]?.[to] ?? 'SYSTEM';
}

/** What becomes of an order's units with a canonical move: the same in each workflow. */
export function stockOperationOf(from: OrderStatus, to: OrderStatus): StockOperation | undefined {
  if (from === 'CANCELLING') return 'RELEASE';
  if (to === 'RESERVED') return 'RESERVE';
  if (to === 'CONFIRMED') return 'COMMIT';
  return to === 'SHIPPED' || to === 'PARTIALLY_SHIPPED' ? 'CONSUME' : undefined;
}

/** The canonical lifecycle as the workflow of whoever defines none. */
export function defaultWorkflow(captureOn: CaptureOn): Workflow {
  return {
    name: 'Standard',
    statuses: ORDER_STATUSES.map((code) => ({ code, name: inWords(code), canonical: code })),
    transitions: ORDER_STATUSES.flatMap((from) =>
      TRANSITIONS[from].map((to) => canonicalMove(from, to, captureOn)),
    ),
  };
}

function canonicalMove(
  from: OrderStatus,
  to: OrderStatus,
  captureOn: CaptureOn,
): WorkflowTransition {
  const operation = stockOperationOf(from, to);
  const paid = captureOn === 'CONFIRMATION' ? to === 'CONFIRMED' : operation === 'CONSUME';
  const actions: WorkflowAction[] = [];
  if (operation) actions.push({ type: 'STOCK', operation });
  if (paid) actions.push({ type: 'CAPTURE' });
  return { from, to, by: moverOf(from, to), actions };
}

/** `PARTIALLY_SHIPPED` → `Partially shipped`. */
export function inWords(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
