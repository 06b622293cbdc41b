import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RateLimitPolicy, take } from './bucket.js';

const POLICY: RateLimitPolicy = { capacity: 100, refillPerSecond: 10 };

describe('a bucket', () => {
  it('gives what it holds, and afterwards what flows back', () => {
    const first = take(0, 60, POLICY);
    expect(first).toMatchObject({ allowed: true, available: 40, fullInMs: 6_000, waitMs: 0 });
    const second = take(first.fullInMs, 60, POLICY);
    expect(second).toMatchObject({ allowed: false, available: 40, fullInMs: 6_000, waitMs: 2_000 });
    expect(take(6_000 - 2_000, 60, POLICY)).toMatchObject({ allowed: true, available: 0 });
  });

  it('gives all it holds for what costs more', () => {
    const whole = take(0, 1_000, POLICY);
    expect(whole).toMatchObject({ allowed: true, cost: 1_000, available: 0 });
    expect(take(whole.fullInMs, 1_000, POLICY)).toMatchObject({ allowed: false, waitMs: 10_000 });
  });

  const policies = fc.record({
    capacity: fc.integer({ min: 1, max: 1_000_000 }),
    refillPerSecond: fc.double({ min: 0.01, max: 100_000, noNaN: true }),
  });
  const steps = fc.array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 100_000 }),
      cost: fc.integer({ min: 1, max: 2_000 }),
    }),
    { maxLength: 50 },
  );

  it('lets in whoever has waited as long as told, and not a moment earlier', () => {
    fc.assert(
      fc.property(policies, steps, (policy, all) => {
        let fullInMs = 0;
        for (const { afterMs, cost } of all) {
          fullInMs = Math.max(0, fullInMs - afterMs);
          const verdict = take(fullInMs, cost, policy);
          if (!verdict.allowed) {
            const { waitMs } = verdict;
            expect(take(Math.max(0, fullInMs - waitMs), cost, policy).allowed).toBe(true);
            const early = waitMs - 0.01 - 0.01 / policy.refillPerSecond;
            if (early > 0) expect(take(fullInMs - early, cost, policy).allowed).toBe(false);
          }
          fullInMs = verdict.fullInMs;
        }
      }),
    );
  });

  it('never gives more than it held plus what flowed back', () => {
    fc.assert(
      fc.property(policies, steps, (policy, all) => {
        let [fullInMs, taken, elapsed] = [0, 0, 0];
        for (const { afterMs, cost } of all) {
          elapsed += afterMs;
          fullInMs = Math.max(0, fullInMs - afterMs);
          const verdict = take(fullInMs, cost, policy);
          if (verdict.allowed) taken += Math.min(cost, policy.capacity);
          fullInMs = verdict.fullInMs;
          expect(verdict.available).toBeLessThanOrEqual(policy.capacity);
        }
        const most = policy.capacity + (elapsed / 1000) * policy.refillPerSecond;
        expect(taken).toBeLessThanOrEqual(most * (1 + 1e-9) + 1e-3);
      }),
    );
  });
});
