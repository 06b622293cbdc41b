import { describe, expect, it } from 'vitest';
import { ORDER_STATUSES, TRANSITIONS } from '../order.js';
import { stepwise, way, without } from '../testing/workflows.js';
import { checkWorkflow } from './check-workflow.js';
import { defaultWorkflow, moverOf } from './default-workflow.js';
import { captureOnOf, type Workflow, type WorkflowAction } from './workflow.js';

/** `CODE field: path`, of each problem. */
function problems(workflow: Workflow): string[] {
  const checked = checkWorkflow(workflow);
  if ('workflow' in checked) return [];
  return checked.problems.map(({ code, field, path }) =>
    [`${code} ${field.join('.')}`, ...path].join(' '),
  );
}

const withWay =
  (...ways: Workflow['transitions']) =>
  (workflow: Workflow): Workflow => ({
    ...workflow,
    transitions: [...workflow.transitions, ...ways],
  });

describe.each(['CONFIRMATION', 'SHIPMENT'] as const)('the default workflow, paid at %s', (when) => {
  it('is the canonical lifecycle, and a good workflow', () => {
    const workflow = defaultWorkflow(when);
    expect(checkWorkflow(workflow)).toEqual({ workflow });
    expect(captureOnOf(workflow)).toBe(when);
    const moves = workflow.transitions.map(({ from, to }) => `${from} ${to}`);
    expect(moves).toEqual(ORDER_STATUSES.flatMap((a) => TRANSITIONS[a].map((b) => `${a} ${b}`)));
  });
});

describe('a workflow with steps of its own', () => {
  it('is good', () => {
    expect(problems(stepwise())).toEqual([]);
    expect(captureOnOf(stepwise())).toBe('SHIPMENT');
  });

  it('need not name what orders do by themselves', () => {
    const isSystem = ({ by }: { by: string }) => by === 'SYSTEM';
    const checked = checkWorkflow(stepwise(without(isSystem)));
    if (!('workflow' in checked)) throw new Error('refused');
    const moves = checked.workflow.transitions
      .filter(isSystem)
      .map(({ from, to }) => `${from} ${to}`);
    const expected = ORDER_STATUSES.flatMap((a) =>
      TRANSITIONS[a].filter((b) => moverOf(a, b) === 'SYSTEM').map((b) => `${a} ${b}`),
    );
    expect(moves.toSorted()).toEqual(expected.toSorted());
  });

  it('does with the stock what every workflow does', () => {
    const bare = stepwise((workflow) => ({
      ...workflow,
      transitions: workflow.transitions.map((each) => ({
        ...each,
        actions: each.actions.filter(({ type }) => type !== 'STOCK'),
      })),
    }));
    const checked = checkWorkflow(bare);
    if (!('workflow' in checked)) throw new Error('refused');
    const ofStock = checked.workflow.transitions.flatMap(({ to, actions }) =>
      actions.flatMap((action) => (action.type === 'STOCK' ? [`${to} ${action.operation}`] : [])),
    );
    expect(new Set(ofStock)).toEqual(
      new Set([
        'RESERVED RESERVE',
        'CONFIRMED COMMIT',
        'PARTIALLY_SHIPPED CONSUME',
        'SHIPPED CONSUME',
        'CANCELLED RELEASE',
        'FAILED RELEASE',
        'EXPIRED RELEASE',
      ]),
    );
  });
});

const CAPTURE: WorkflowAction = { type: 'CAPTURE' };
const mail = (subject: string, text = 'Hello'): WorkflowAction => ({
  type: 'EMAIL',
  subject,
  text,
});
/** The same with other actions on the way from PICKING to PACKED. */
const packedWith = (...actions: WorkflowAction[]) =>
  stepwise((workflow) => ({
    ...workflow,
    transitions: workflow.transitions.map((each) =>
      each.from === 'PICKING' && each.to === 'PACKED' ? { ...each, actions } : each,
    ),
  }));

describe('what is refused, with its place', () => {
  const step =
    (code: string, canonical: Workflow['statuses'][number]['canonical']) =>
    (workflow: Workflow): Workflow => ({
      ...workflow,
      statuses: [...workflow.statuses, { code, name: code, canonical }],
    });
  const last = stepwise().statuses.length;
  const next = stepwise().transitions.length;

  it.each<[string, Workflow, string[]]>([
    ['no name', { ...stepwise(), name: ' ' }, ['INVALID_TEXT name']],
    [
      'a code in small letters',
      stepwise(step('packed', 'PROCESSING')),
      [`INVALID_TEXT statuses.${last}.code`],
    ],
    [
      'a code twice',
      stepwise(step('PACKED', 'PROCESSING')),
      [`DUPLICATE_STATUS statuses.${last}.code`],
    ],
    [
      'nothing for a canonical status',
      stepwise((w) => ({ ...w, statuses: w.statuses.filter(({ code }) => code !== 'DELIVERED') })),
      ['MISSING_STATUS statuses'],
    ],
    [
      'a step where jobs are at work',
      stepwise(step('REVIEW', 'AUTHORIZED')),
      ['STEPS_NOT_POSSIBLE statuses'],
    ],
    [
      'a way to nowhere',
      stepwise(withWay(way('PACKED', 'GONE'))),
      [`UNKNOWN_STATUS transitions.${next}.to`],
    ],
    [
      'a way that is there',
      stepwise(withWay(way('PACKED', 'SHIPPED'))),
      [`DUPLICATE_TRANSITION transitions.${next} PACKED SHIPPED`],
    ],
    [
      'shipping before the confirmation',
      stepwise(withWay(way('AUTHORIZED', 'SHIPPED'))),
      [`ILLEGAL_MOVE transitions.${next} AUTHORIZED SHIPPED`],
    ],
    [
      'a way back to the start',
      stepwise(withWay(way('PACKED', 'CHECKED'))),
      [`ILLEGAL_MOVE transitions.${next} PACKED CHECKED`],
    ],
    [
      'a customer who ships',
      stepwise((w) =>
        withWay(way('PACKED', 'SHIPPED', 'CUSTOMER'))(
          without(({ from, to }) => from === 'PACKED' && to === 'SHIPPED')(w),
        ),
      ),
      [`INVALID_MOVER transitions.${next - 1}.by PACKED SHIPPED`],
    ],
    [
      'a step that nobody asks for',
      stepwise(withWay(way('CONFIRMED', 'PICKING'), way('SHIPPED', 'SHIPPED', 'SYSTEM'))),
      [`ILLEGAL_MOVE transitions.${next + 1} SHIPPED SHIPPED`],
    ],
    [
      'people who reserve',
      stepwise((w) => ({
        ...w,
        transitions: w.transitions.map((each) =>
          each.to === 'RESERVED' ? { ...each, by: 'STAFF' as const } : each,
        ),
      })),
      [
        expect.stringMatching(
          /^INVALID_MOVER transitions\.\d+\.by VALIDATED RESERVED$/,
        ) as unknown as string,
      ],
    ],
  ])('%s', (_name, workflow, expected) => {
    expect(problems(workflow)).toEqual(expected);
  });

  it.each<[string, WorkflowAction, string]>([
    ['a mail without words', mail(' '), 'INVALID_TEXT .subject'],
    ['a subject of two lines', mail('a\nb'), 'INVALID_TEXT .subject'],
    ['a blank that nothing fills', mail('{{number}}', '{{ secret }}'), 'UNKNOWN_PLACEHOLDER .text'],
    [
      'units that are released',
      { type: 'STOCK', operation: 'RELEASE' },
      'MISPLACED_ACTION  PICKING PACKED',
    ],
  ])('%s on a way', (_name, action, expected) => {
    const [found] = problems(packedWith(CAPTURE, action));
    expect(found?.replace(/transitions\.\d+\.actions\.1/, '').replace('. ', ' ')).toBe(expected);
  });

  it('money taken before the confirmation', () => {
    const early = stepwise((w) => ({
      ...w,
      transitions: w.transitions.map((each) =>
        each.to === 'AUTHORIZED' ? { ...each, actions: [CAPTURE] } : each,
      ),
    }));
    expect(problems(early)).toEqual([
      expect.stringMatching(/^MISPLACED_ACTION transitions\.\d+\.actions\.0 RESERVED AUTHORIZED$/),
    ]);
  });
});

describe('ways that break a rule, told from the beginning', () => {
  const BEGINNING = ['DRAFT', 'PENDING', 'VALIDATED', 'RESERVED', 'AUTHORIZED', 'CONFIRMED'];

  it('a status to which no order comes', () => {
    const index = stepwise().statuses.findIndex(({ code }) => code === 'PACKED');
    const cutOff = stepwise(without(({ to }) => to === 'PACKED'));
    expect(problems(cutOff)).toContain(`UNREACHABLE statuses.${index}.code`);
  });

  it('a status that leads nowhere', () => {
    const stuck = stepwise(without(({ from }) => from === 'CHECKED'));
    expect(problems(stuck)).toContain(
      ['NO_WAY_OUT transitions', ...BEGINNING, 'CHECKED'].join(' '),
    );
  });

  it('goods that leave unpaid', () => {
    const rest = stepwise().transitions.filter(({ from }) => from === 'PACKED');
    expect(rest.map(({ to }) => to)).toContain('PARTIALLY_SHIPPED');
    const unpaid = packedWith();
    const way = [...BEGINNING, 'CHECKED', 'PICKING', 'PACKED', 'PARTIALLY_SHIPPED'];
    expect(problems(unpaid)).toEqual([['SHIPPED_UNPAID transitions', ...way].join(' ')]);
  });

  it('goods that leave in parts, of which the last is not paid', () => {
    const parts = packedWith();
    const paid = {
      ...parts,
      transitions: parts.transitions.map((each) =>
        each.from === 'PACKED' ? { ...each, actions: [CAPTURE] } : each,
      ),
    };
    expect(problems(paid)).toEqual([]);
    const lastUnpaid = {
      ...paid,
      transitions: paid.transitions.map((each) =>
        each.from === 'PARTIALLY_SHIPPED' ? { ...each, actions: [] } : each,
      ),
    };
    expect(problems(lastUnpaid)).toEqual([
      expect.stringMatching(/^SHIPPED_UNPAID .* PACKED PARTIALLY_SHIPPED SHIPPED$/),
    ]);
  });

  it('a detour around the payment', () => {
    const around = stepwise((w) => ({
      ...withWay(way('PICKING', 'SHIPPED'))(w),
    }));
    expect(problems(around)).toEqual([
      expect.stringMatching(/^SHIPPED_UNPAID .* CHECKED PICKING SHIPPED$/),
    ]);
  });
});
