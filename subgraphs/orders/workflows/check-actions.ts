import type { OrderStatus } from '../order.js';
import type { WorkflowProblem } from './check-workflow.js';
import { stockOperationOf } from './default-workflow.js';
import { statusOf, type Workflow, type WorkflowAction, type WorkflowStatus } from './workflow.js';

export const MAX_SUBJECT = 200;
export const MAX_MAIL = 5000;

/** What a mail may fill in. */
export const PLACEHOLDERS = ['number', 'name', 'status', 'total', 'storefront'] as const;

/** Where money can be taken: with the confirmation, and from then on until all has left. */
const PAYABLE: readonly OrderStatus[] = ['CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED'];

/** What is wrong with what follows the transitions of a workflow. */
export function checkActions({ statuses }: Workflow, { transitions }: Workflow): WorkflowProblem[] {
  const canonical = (code: string) =>
    statusOf({ name: '', statuses, transitions }, code)?.canonical as
      | WorkflowStatus['canonical']
      | undefined;
  return transitions.flatMap(({ from, to, actions }, i) => {
    const [a, b] = [canonical(from), canonical(to)];
    if (!a || !b) return [];
    return actions.flatMap((action, j) => {
      const at = ['transitions', `${i}`, 'actions', `${j}`];
      const misplaced = whyNotHere(action, a, b);
      if (misplaced) {
        const message = `${from} → ${to}: ${misplaced}`;
        return [{ code: 'MISPLACED_ACTION' as const, message, field: at, path: [from, to] }];
      }
      return action.type === 'EMAIL' ? checkMail(action, at) : [];
    });
  });
}

function whyNotHere(action: WorkflowAction, from: OrderStatus, to: OrderStatus) {
  if (from === 'DRAFT') return 'a draft has nothing follow it; the order is placed first.';
  switch (action.type) {
    case 'CAPTURE':
      return PAYABLE.includes(to) && from !== 'SHIPPED'
        ? undefined
        : 'no money can be taken here; it can from the confirmation until all has left.';
    case 'STOCK': {
      const due = from === to ? undefined : stockOperationOf(from, to);
      if (due === action.operation) return undefined;
      return `${action.operation} of stock does not belong here${due ? `, ${due} does` : ''}.`;
    }
    default:
      return undefined;
  }
}

function checkMail(
  { subject, text }: Extract<WorkflowAction, { type: 'EMAIL' }>,
  at: string[],
): WorkflowProblem[] {
  const problems: WorkflowProblem[] = [];
  const check = (name: 'subject' | 'text', value: string, max: number) => {
    const field = [...at, name];
    if (
      value.trim().length === 0 ||
      value.length > max ||
      (name === 'subject' && /[\r\n]/.test(value))
    ) {
      const message = `1 to ${max} characters are needed${name === 'subject' ? ', on one line' : ''}.`;
      problems.push({ code: 'INVALID_TEXT', message, field, path: [] });
    }
    for (const [, named = ''] of value.matchAll(/\{\{\s*(.*?)\s*\}\}/g)) {
      if ((PLACEHOLDERS as readonly string[]).includes(named)) continue;
      const message = `{{${named}}} stands for nothing; there are ${PLACEHOLDERS.join(', ')}.`;
      problems.push({ code: 'UNKNOWN_PLACEHOLDER', message, field, path: [] });
    }
  };
  check('subject', subject, MAX_SUBJECT);
  check('text', text, MAX_MAIL);
  return problems;
}
