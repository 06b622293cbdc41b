import { defaultWorkflow } from '../workflows/default-workflow.js';
import type { Workflow, WorkflowTransition } from '../workflows/workflow.js';

/** Orders are looked at after the confirmation, and packed in two steps; the money is taken when they are packed. */
export function stepwise(changes: (workflow: Workflow) => Workflow = (same) => same): Workflow {
  const standard = defaultWorkflow('SHIPMENT');
  const statuses = standard.statuses.flatMap((status) => {
    if (status.code === 'CONFIRMED')
      return [
        { ...status, name: 'Paid' },
        { code: 'CHECKED', name: 'Looked at', canonical: 'CONFIRMED' as const },
      ];
    if (status.code !== 'PROCESSING') return [status];
    return [
      { ...status, code: 'PICKING', name: 'Being picked' },
      { code: 'PACKED', name: 'Packed', canonical: 'PROCESSING' as const },
    ];
  });
  const kept = standard.transitions.filter(
    ({ from, to }) =>
      ![from, to].includes('PROCESSING') && !(from === 'CONFIRMED' && to !== 'CANCELLING'),
  );
  const own: WorkflowTransition[] = [
    way('CONFIRMED', 'CHECKED', 'MANAGER'),
    way('CHECKED', 'CANCELLING', 'STAFF'),
    way('CHECKED', 'PICKING'),
    way('PICKING', 'PACKED', 'STAFF', [
      { type: 'CAPTURE' },
      { type: 'EMAIL', subject: 'Packed: {{number}}', text: 'Dear {{name}}, it is {{status}}.' },
      { type: 'WEBHOOK' },
    ]),
    way('PICKING', 'CANCELLING'),
    way('PACKED', 'PICKING'),
    way('PACKED', 'PARTIALLY_SHIPPED'),
    way('PACKED', 'SHIPPED'),
  ];
  return changes({ name: 'Step by step', statuses, transitions: [...kept, ...own] });
}

export function way(
  from: string,
  to: string,
  by: WorkflowTransition['by'] = 'STAFF',
  actions: WorkflowTransition['actions'] = [],
): WorkflowTransition {
  return { from, to, by, actions };
}

/** The same without the ways for which `is` holds. */
export const without =
  (is: (way: WorkflowTransition) => boolean) =>
  (workflow: Workflow): Workflow => ({
    ...workflow,
    transitions: workflow.transitions.filter((each) => !is(each)),
  });
