import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RetryBudget } from './retry-budget.js';

describe('a retry budget', () => {
  it('gives back what calls and time earn', () => {
    let now = 0;
    const budget = new RetryBudget({ perCall: 0.25, perSecond: 1, most: 2 }, () => now);
    expect([budget.spend(), budget.spend(), budget.spend()]).toEqual([true, true, false]);
    for (let call = 0; call < 4; call++) budget.earn();
    expect([budget.spend(), budget.spend()]).toEqual([true, false]);
    now = 1_000;
    expect([budget.spend(), budget.spend()]).toEqual([true, false]);
    now = 60_000;
    expect([budget.spend(), budget.spend(), budget.spend()]).toEqual([true, true, false]);
  });

  it('never gives more than that, whatever comes', () => {
    const step = fc.constantFrom('call', 'retry', 'second');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 500 }), (steps) => {
        let now = 0;
        let [calls, retries] = [0, 0];
        const budget = new RetryBudget({ perCall: 0.2, perSecond: 0.5, most: 5 }, () => now);
        for (const each of steps) {
          if (each === 'second') now += 1_000;
          else if (each === 'retry') retries += budget.spend() ? 1 : 0;
          else {
            calls += 1;
            budget.earn();
          }
        }
        expect(retries).toBeLessThanOrEqual(5 + calls * 0.2 + (now / 1000) * 0.5 + 1e-9);
      }),
    );
  });
});
