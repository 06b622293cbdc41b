import { expect, it } from 'vitest';
import { showFaults } from './show-faults.js';

it('counts the rules that hold among those that were checked', () => {
  const rules = [0, 3, 0].map((violations, i) => ({ rule: `${i}`, checked: 9, violations }));
  const shown = showFaults({
    ...{ clean: false, seed: 7, findings: ['an order was placed twice'], repeated: 1 },
    ...{
      strikes: [{ kind: 'kill workers', at: 1 }],
      acknowledged: { place: 2 },
      settledSeconds: 1.5,
    },
    ...{ orders: { statuses: { CONFIRMED: 2 }, unheard: 0 }, audit: { rules } },
  } as never);
  expect(shown).toMatch(/invariants that hold +│ +2 of 3/);
  expect(shown).toContain('an order was placed twice');
  expect(shown).toContain('--seed 7');
});
