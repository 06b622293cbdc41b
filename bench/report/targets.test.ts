import { describe, expect, it } from 'vitest';
import type { RunResult } from '../measure/run-result.js';
import { judge } from './targets.js';

function run(ordersPerSecond: number, given: Partial<RunResult> = {}): RunResult {
  return {
    backend: 'postgres',
    orders: 1000,
    seconds: 1000 / ordersPerSecond,
    ordersPerSecond,
    placeOrderMs: { p50: 12, p99: 60 },
    confirmedMs: { p50: 100, p99: 400 },
    cpuPer1000: null,
    cores: null,
    nodePeakMb: 400,
    boundBy: null,
    reconciles: true,
    faults: [],
    ...given,
  };
}

const met = (runs: RunResult[]) => judge(runs).map(({ met }) => met);

describe('judge', () => {
  it('compares the medians of all runs', () => {
    expect(met([run(100), run(160), run(170)])).toEqual([true, true, true]);
    expect(met([run(100), run(140), run(170)])).toEqual([false, true, true]);
  });

  it('asks more of Redis', () => {
    expect(met([run(200)])).toEqual([true, true, true]);
    expect(met([run(200, { backend: 'redis' })])).toEqual([false, true, true]);
  });

  it('says nothing of what was not measured', () => {
    expect(judge([run(200, { nodePeakMb: null })]).map(({ name }) => name)).toEqual([
      'orders per second',
      'placeOrder p50',
    ]);
  });
});
