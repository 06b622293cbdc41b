import { TERMINAL } from '../order.js';
import type { Workflow, WorkflowAction, WorkflowTransition } from './workflow.js';

/** The workflow as a state diagram in Mermaid's language, which GitHub and many wikis draw. */
export function mermaid({ statuses, transitions }: Workflow): string {
  const [first] = statuses;
  const ends = statuses.filter(({ canonical }) => TERMINAL.includes(canonical));
  return [
    'stateDiagram-v2',
    ...statuses.map(({ code, name }) => `  state "${text(name)}" as ${code}`),
    ...(first ? [`  [*] --> ${first.code}`] : []),
    ...transitions.map((each) => `  ${each.from} --> ${each.to}${label(each)}`),
    ...ends.map(({ code }) => `  ${code} --> [*]`),
    '',
  ].join('\n');
}

function label({ by, actions }: WorkflowTransition): string {
  const said = [...(by === 'SYSTEM' ? [] : [by.toLowerCase()]), ...actions.map(inShort)];
  return said.length > 0 ? ` : ${said.join(', ')}` : '';
}

const inShort = (action: WorkflowAction) =>
  action.type === 'STOCK' ? `${action.operation.toLowerCase()} stock` : action.type.toLowerCase();

/** Quotation marks and line breaks would end the name; other signs Mermaid takes as they are. */
const text = (name: string) => name.replaceAll('"', "'").replace(/\s+/g, ' ');
