import { describe, expect, it } from 'vitest';
import { ORDER_STATUSES, TRANSITIONS } from '../order.js';
import { stepwise } from '../testing/workflows.js';
import { defaultWorkflow } from './default-workflow.js';
import { mayMove, type Standing, stepAlong, stepTo, waysOn } from './engine.js';
import { MOVERS } from './workflow.js';

const workflow = stepwise();
const at = (status: Standing['status'], workflowStatus: string | null = null): Standing => ({
  status,
  workflow,
  workflowStatus,
});

describe('an order that goes on', () => {
  it.each(ORDER_STATUSES)('from %s goes by the default workflow as without any', (status) => {
    for (const to of ORDER_STATUSES) {
      const bare: Standing = { status, workflowStatus: null };
      const standard = { ...bare, workflow: defaultWorkflow('CONFIRMATION') };
      if (!TRANSITIONS[status].includes(to)) {
        expect(() => stepTo(bare, to)).toThrow(`cannot go from ${status} to ${to}`);
        expect(() => stepTo(standard, to)).toThrow(`cannot go from ${status} to ${to}`);
      } else {
        expect(stepTo(bare, to)).toEqual({ workflowStatus: null, transition: undefined });
        expect(stepTo(standard, to)).toMatchObject({
          workflowStatus: null,
          transition: { from: status, to },
        });
      }
    }
  });

  it('follows the way of its workflow', () => {
    expect(stepTo(at('CONFIRMED', 'CHECKED'), 'PROCESSING')).toMatchObject({
      workflowStatus: null,
      transition: { from: 'CHECKED', to: 'PICKING' },
    });
    expect(stepAlong(at('CONFIRMED'), 'CHECKED')).toMatchObject({ workflowStatus: 'CHECKED' });
    expect(stepAlong(at('PROCESSING', 'PACKED'), 'PICKING')).toMatchObject({
      workflowStatus: null,
    });
    expect(stepAlong(at('CONFIRMED'), 'PACKED')).toBeUndefined();
  });

  it('is recorded where it came without a way', () => {
    expect(stepTo(at('PROCESSING'), 'SHIPPED')).toEqual({
      workflowStatus: null,
      transition: undefined,
    });
  });

  it('is told the ways that lead on', () => {
    const ways = (standing: Standing) => waysOn(workflow, standing).map(({ to }) => to);
    expect(ways(at('CONFIRMED'))).toEqual(['CANCELLING', 'CHECKED']);
    expect(ways(at('PROCESSING'))).toEqual(['PACKED', 'CANCELLING']);
    expect(ways(at('PROCESSING', 'PACKED'))).toEqual(['PICKING', 'PARTIALLY_SHIPPED', 'SHIPPED']);
    // A status that the workflow has no more is where orders of its kind come in.
    expect(ways(at('PROCESSING', 'GONE'))).toEqual(['PACKED', 'CANCELLING']);
  });
});

it('lets everybody go where those before them may', () => {
  for (const [i, who] of MOVERS.entries()) {
    expect(MOVERS.map((by) => mayMove(who, by))).toEqual(MOVERS.map((_, j) => j <= i));
  }
});
