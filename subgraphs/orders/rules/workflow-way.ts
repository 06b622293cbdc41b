import type { OrderStatus } from '../order.js';
import type { WholeOrder } from '../order-parts.js';
import { canonicalOf, mayMove, standingAt, waysOn } from '../workflows/engine.js';
import { statusOf, type Workflow, type WorkflowTransition } from '../workflows/workflow.js';
import { type Refusal, refusal } from './refusal.js';

/**
 * Why the workflow of an order does not let its asker bring it to any of these statuses from where it stands. What jobs
 * and clocks do is never refused.
 */
export function refuseWay(order: WholeOrder, ...targets: OrderStatus[]): Refusal | undefined {
  const { workflow, askedBy } = order;
  if (!workflow || !askedBy) return undefined;
  const ways = waysOn(workflow, order);
  const there = ways.filter((way) => targets.includes(canonicalOf(workflow, way)));
  if (there.some(({ by }) => mayMove(askedBy, by))) return undefined;
  const [first] = there;
  if (first) return rankTooLow(workflow, first);
  const { name } = standingAt(workflow, order);
  const message = `It is at "${name}", from where that is not possible.`;
  return refusal('NOT_IN_WORKFLOW', message, goOnFirst(workflow, ways));
}

export function rankTooLow(workflow: Workflow, { to, by }: WorkflowTransition): Refusal {
  const message = `Bringing it to "${nameOf(workflow, to)}" is for ${RANKS[by]}.`;
  return refusal('RANK_TOO_LOW', message, `Ask ${RANKS[by]}.`);
}

const RANKS = {
  SYSTEM: 'nobody',
  CUSTOMER: 'its customer',
  STAFF: 'staff',
  MANAGER: 'managers',
  ADMIN: 'administrators',
};

export function goOnFirst(workflow: Workflow, ways: WorkflowTransition[]): string {
  const open = ways.filter(({ by }) => by !== 'SYSTEM').map(({ to }) => to);
  if (open.length === 0) return 'Wait until it goes on by itself.';
  return `Bring it on first, to ${open.map((code) => `"${nameOf(workflow, code)}" (${code})`).join(' or ')}.`;
}

const nameOf = (workflow: Workflow, code: string) => statusOf(workflow, code)?.name ?? code;
