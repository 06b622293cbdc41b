import type { WorkflowUserError } from './errors.js';
import type { WorkflowActionType, WorkflowInput } from './types.js';
import type { Workflow, WorkflowAction } from './workflow.js';

/** A workflow as it was given, each action with what belongs to it and nothing else. */
export function workflowOf(
  input: WorkflowInput,
): { workflow: Workflow } | { errors: WorkflowUserError[] } {
  const errors: WorkflowUserError[] = [];
  const transitions = input.transitions.map(({ from, to, by, actions }, i) => ({
    ...{ from, to, by },
    actions: actions.flatMap((each, j) => {
      const action = actionOf(each);
      if (action) return [action];
      const field = ['workflow', 'transitions', `${i}`, 'actions', `${j}`];
      const message = `${each.type} needs ${each.type === 'EMAIL' ? 'subject and text' : 'an operation'}.`;
      errors.push({ code: 'INVALID_INPUT', message, field, path: [from, to] });
      return [];
    }),
  }));
  if (errors.length > 0) return { errors };
  const statuses = input.statuses.map(({ code, name, canonical }) => ({ code, name, canonical }));
  return { workflow: { name: input.name, statuses, transitions } };
}

function actionOf({
  type,
  subject,
  text,
  operation,
}: WorkflowActionType): WorkflowAction | undefined {
  switch (type) {
    case 'EMAIL':
      return subject == null || text == null ? undefined : { type, subject, text };
    case 'STOCK':
      return operation == null ? undefined : { type, operation };
    default:
      return { type };
  }
}
