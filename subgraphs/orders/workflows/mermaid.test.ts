import { expect, it } from 'vitest';
import { stepwise } from '../testing/workflows.js';
import { defaultWorkflow } from './default-workflow.js';
import { mermaid } from './mermaid.js';

it('draws statuses, ways, who may go them, and what follows', () => {
  const drawn = mermaid(stepwise()).split('\n');
  expect(drawn[0]).toBe('stateDiagram-v2');
  expect(drawn).toContain('  state "Being picked" as PICKING');
  expect(drawn).toContain('  [*] --> DRAFT');
  expect(drawn).toContain('  CONFIRMED --> CHECKED : manager');
  expect(drawn).toContain('  PICKING --> PACKED : staff, capture, email, webhook');
  expect(drawn).toContain('  RESERVED --> AUTHORIZED');
  expect(drawn).toContain('  VALIDATED --> RESERVED : reserve stock');
  expect(drawn.filter((line) => line.endsWith('--> [*]'))).toHaveLength(4);
});

it('keeps names in one piece', () => {
  const workflow = defaultWorkflow('CONFIRMATION');
  const [first, ...others] = workflow.statuses;
  if (!first) throw new Error('no status');
  const statuses = [{ ...first, name: 'The "new"\n one' }, ...others];
  expect(mermaid({ ...workflow, statuses })).toContain(`  state "The 'new' one" as DRAFT\n`);
});
