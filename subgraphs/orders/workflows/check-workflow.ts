import { ORDER_STATUSES, type OrderStatus, TERMINAL, TRANSITIONS } from '../order.js';
import { checkActions } from './check-actions.js';
import { moverOf, stockOperationOf } from './default-workflow.js';
import { mayMove } from './engine.js';
import { type Path, pathsFrom } from './paths.js';
import {
  entryOf,
  type StockOperation,
  statusOf,
  takesMoney,
  type Workflow,
  type WorkflowStatus,
  type WorkflowTransition,
} from './workflow.js';

export const WORKFLOW_PROBLEMS = [
  'INVALID_TEXT',
  'TOO_LARGE',
  'DUPLICATE_STATUS',
  'MISSING_STATUS',
  'STEPS_NOT_POSSIBLE',
  'UNKNOWN_STATUS',
  'DUPLICATE_TRANSITION',
  'ILLEGAL_MOVE',
  'INVALID_MOVER',
  'MISPLACED_ACTION',
  'UNKNOWN_PLACEHOLDER',
  'UNREACHABLE',
  'NO_WAY_OUT',
  'SHIPPED_UNPAID',
] as const;
export type WorkflowProblemCode = (typeof WORKFLOW_PROBLEMS)[number];

/** What is wrong with a workflow. */
export interface WorkflowProblem {
  code: WorkflowProblemCode;
  message: string;
  /** Where in the document: `transitions.3.by`. */
  field: string[];
  /** Codes of the statuses on the way to what is wrong; empty where it is not about a way. */
  path: string[];
}

export const MAX_STATUSES = 60;
export const MAX_TRANSITIONS = 300;
export const MAX_NAME = 80;

/** Steps of a storefront's own can be put where an order waits for people, and after its end. */
const WITH_STEPS: readonly OrderStatus[] = [
  'CONFIRMED',
  'PROCESSING',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  ...TERMINAL,
];

export type Checked = { workflow: Workflow } | { problems: WorkflowProblem[] };

/**
 * Whether orders can go by a workflow: every canonical rule holds on each of its ways. What jobs and clocks do is the same
 * everywhere, so their moves and what becomes of stock are put in where they are left out.
 */
export function checkWorkflow(asked: Workflow): Checked {
  const inPart = [...checkSize(asked), ...checkStatuses(asked)];
  if (inPart.length > 0) return { problems: inPart };
  const workflow = completed(asked);
  const each = [...checkTransitions(asked), ...checkActions(workflow, asked)];
  if (each.length > 0) return { problems: each };
  const ways = checkWays(workflow);
  return ways.length > 0 ? { problems: ways } : { workflow };
}

function problem(
  code: WorkflowProblemCode,
  message: string,
  field: Array<string | number>,
  path: string[] = [],
): WorkflowProblem {
  return { code, message, field: field.map(String), path };
}

function checkSize({ name, statuses, transitions }: Workflow): WorkflowProblem[] {
  const problems: WorkflowProblem[] = [];
  if (!isText(name)) problems.push(notText(['name']));
  if (statuses.length > MAX_STATUSES)
    problems.push(problem('TOO_LARGE', `At most ${MAX_STATUSES} statuses.`, ['statuses']));
  if (transitions.length > MAX_TRANSITIONS)
    problems.push(problem('TOO_LARGE', `At most ${MAX_TRANSITIONS} transitions.`, ['transitions']));
  return problems;
}

const isText = (text: string) =>
  text.trim().length > 0 && text.length <= MAX_NAME && !/\p{Cc}/u.test(text);

const notText = (field: Array<string | number>) =>
  problem('INVALID_TEXT', `1 to ${MAX_NAME} characters are needed.`, field);

function checkStatuses({ statuses }: Workflow): WorkflowProblem[] {
  const problems = statuses.flatMap(({ code, name }, i) => [
    ...(/^[A-Z][A-Z0-9_]{0,39}$/.test(code) ? [] : [notCode(i)]),
    ...(isText(name) ? [] : [notText(['statuses', i, 'name'])]),
    ...(statuses.findIndex((other) => other.code === code) < i
      ? [problem('DUPLICATE_STATUS', `There are two statuses ${code}.`, ['statuses', i, 'code'])]
      : []),
  ]);
  for (const canonical of ORDER_STATUSES) {
    const own = statuses.filter((status) => status.canonical === canonical);
    if (own.length === 0) {
      const message = `No status stands for ${canonical}.`;
      problems.push(problem('MISSING_STATUS', message, ['statuses']));
    } else if (own.length > 1 && !WITH_STEPS.includes(canonical)) {
      const codes = own.map(({ code }) => code).join(', ');
      const message = `Orders pass ${canonical} by themselves, so one status stands for it: ${codes}.`;
      problems.push(problem('STEPS_NOT_POSSIBLE', message, ['statuses']));
    }
  }
  return problems;
}

const notCode = (i: number) =>
  problem('INVALID_TEXT', 'A code is up to 40 capitals, digits and _.', ['statuses', i, 'code']);

function checkTransitions({ statuses, transitions }: Workflow): WorkflowProblem[] {
  const canonical = new Map(statuses.map((status) => [status.code, status.canonical]));
  return transitions.flatMap(({ from, to, by }, i): WorkflowProblem[] => {
    const [a, b] = [canonical.get(from), canonical.get(to)];
    if (!a || !b) {
      const [end, code] = a ? ['to', to] : ['from', from];
      const message = `There is no status ${code}.`;
      return [problem('UNKNOWN_STATUS', message, ['transitions', i, end])];
    }
    if (transitions.findIndex((other) => other.from === from && other.to === to) < i) {
      const message = `${from} → ${to} is there twice.`;
      return [problem('DUPLICATE_TRANSITION', message, ['transitions', i], [from, to])];
    }
    if (from === to || (a !== b && !TRANSITIONS[a].includes(b))) {
      const message = `${from} → ${to}: an order cannot go from ${a} to ${b}.`;
      return [problem('ILLEGAL_MOVE', message, ['transitions', i], [from, to])];
    }
    const wrong = wrongMover(a, b, by);
    if (!wrong) return [];
    const message = `${from} → ${to}: ${wrong}`;
    return [problem('INVALID_MOVER', message, ['transitions', i, 'by'], [from, to])];
  });
}

/** A workflow may ask for more than the lifecycle does, never for less. */
function wrongMover(from: OrderStatus, to: OrderStatus, by: WorkflowTransition['by']) {
  const least = from === to ? 'CUSTOMER' : moverOf(from, to);
  if (least === 'SYSTEM' && by !== 'SYSTEM') return 'orders go this way by themselves (SYSTEM).';
  if (least !== 'SYSTEM' && by === 'SYSTEM') return 'no order goes this way by itself.';
  return mayMove(by, least) ? undefined : `at least ${least} is needed.`;
}

/** With the moves that orders make by themselves, and what becomes of their units. */
function completed(asked: Workflow): Workflow {
  const canonicalOf = (code: string) => statusOf(asked, code)?.canonical;
  const has = (from: OrderStatus, to: OrderStatus) =>
    asked.transitions.some(
      (each) => canonicalOf(each.from) === from && canonicalOf(each.to) === to,
    );
  const missing = ORDER_STATUSES.flatMap((from) =>
    TRANSITIONS[from]
      .filter((to) => moverOf(from, to) === 'SYSTEM' && !has(from, to))
      .map((to) => ({
        from: entryOf(asked, from).code,
        to: entryOf(asked, to).code,
        by: 'SYSTEM' as const,
        actions: [],
      })),
  );
  const transitions = [...asked.transitions, ...missing].map((each) => {
    const [from, to] = [canonicalOf(each.from), canonicalOf(each.to)];
    const operation = from && to && from !== to ? stockOperationOf(from, to) : undefined;
    return operation ? withStock(each, operation) : each;
  });
  return { ...asked, transitions };
}

function withStock(transition: WorkflowTransition, operation: StockOperation): WorkflowTransition {
  if (transition.actions.some(({ type }) => type === 'STOCK')) return transition;
  return { ...transition, actions: [{ type: 'STOCK', operation }, ...transition.actions] };
}

function checkWays(workflow: Workflow): WorkflowProblem[] {
  const start = entryOf(workflow, 'DRAFT');
  const ways = pathsFrom(start, (status) => following(workflow, status), codeOf);
  const cutOff = workflow.statuses.flatMap((status, i) =>
    ways.has(status.code)
      ? []
      : [problem('UNREACHABLE', `No order comes to ${status.code}.`, ['statuses', i, 'code'])],
  );
  const stuck = [...ways.values()].filter((way) => !canEnd(workflow, way.at(-1) as WorkflowStatus));
  // Where one cannot get out, those behind it cannot either: the nearest is told.
  const dead = stuck.slice(0, 1).map((way) => {
    const message = `${inShort(way)}: from here no order ever comes to an end.`;
    return problem('NO_WAY_OUT', message, ['transitions'], way.map(codeOf));
  });
  return [...cutOff, ...dead, ...checkPaid(workflow, start)];
}

const codeOf = ({ code }: WorkflowStatus) => code;

function following(workflow: Workflow, { code }: WorkflowStatus): WorkflowStatus[] {
  const ways = workflow.transitions.filter(({ from }) => from === code);
  return ways.map(({ to }) => statusOf(workflow, to) as WorkflowStatus);
}

function canEnd(workflow: Workflow, from: WorkflowStatus): boolean {
  const ways = pathsFrom(from, (status) => following(workflow, status), codeOf);
  return [...ways.values()].some((way) =>
    TERMINAL.includes((way.at(-1) as WorkflowStatus).canonical),
  );
}

interface Paid extends WorkflowStatus {
  /** All of the money was taken before. */
  inFull: boolean;
  /** Goods left on the last step, and their money was not taken with it. */
  owing: boolean;
}

/** Goods leave with their money, or after all of it was taken. */
function checkPaid(workflow: Workflow, start: WorkflowStatus): WorkflowProblem[] {
  const next = (status: Paid): Paid[] =>
    status.owing
      ? []
      : workflow.transitions
          .filter(({ from }) => from === status.code)
          .map((way) => {
            const to = statusOf(workflow, way.to) as WorkflowStatus;
            const leaves = leavesWith(status.canonical, to.canonical);
            const inFull = status.inFull || (takesMoney(way) && !leaves);
            return { ...to, inFull, owing: leaves && !inFull && !takesMoney(way) };
          });
  const key = ({ code, inFull, owing }: Paid) => `${code} ${inFull} ${owing}`;
  const ways = pathsFrom({ ...start, inFull: false, owing: false }, next, key);
  const unpaid = [...ways.values()].find((way) => way.at(-1)?.owing);
  if (!unpaid) return [];
  const message = `${inShort(unpaid)}: goods leave and their money is not taken.`;
  return [problem('SHIPPED_UNPAID', message, ['transitions'], unpaid.map(codeOf))];
}

const leavesWith = (from: OrderStatus, to: OrderStatus) =>
  from !== to && stockOperationOf(from, to) === 'CONSUME';

const inShort = (way: Path<WorkflowStatus>) => way.map(codeOf).join(' → ');
