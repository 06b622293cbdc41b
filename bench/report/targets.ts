import type { Backend, RunResult } from '../measure/run-result.js';
import { spreadOf } from './statistics.js';

/** What Waybill shall reach on 2 cores, with fsync on. */
export interface Target {
  name: string;
  shown: string;
  isMet(value: number): boolean;
  of(run: RunResult): number | null;
}

const speed = (least: number): Target => ({
  name: 'orders per second',
  shown: `≥ ${least}`,
  isMet: (value) => value >= least,
  of: (run) => run.ordersPerSecond,
});

export const SPEED: Record<Backend, Target> = { postgres: speed(150), redis: speed(250) };

/** Milliseconds at concurrency 16. */
export const ANSWER: Target = {
  name: 'placeOrder p50',
  shown: '< 20 ms',
  isMet: (value) => value < 20,
  of: (run) => run.placeOrderMs.p50,
};

export const MEMORY: Target = {
  name: 'resident memory of Node',
  shown: '< 600 MB',
  isMet: (value) => value < 600,
  of: (run) => run.nodePeakMb,
};

export interface Judged {
  backend: Backend;
  name: string;
  target: string;
  /** The median of all runs. */
  measured: number;
  met: boolean;
}

/** The targets of each backend that was measured. */
export function judge(runs: readonly RunResult[]): Judged[] {
  const backends = [...new Set(runs.map((run) => run.backend))];
  return backends.flatMap((backend) => {
    const own = runs.filter((run) => run.backend === backend);
    return [SPEED[backend], ANSWER, MEMORY].flatMap((target): Judged[] => {
      const spread = spreadOf(own.map(target.of).filter((value) => value !== null));
      if (!spread) return [];
      const { name, shown } = target;
      const measured = spread.median;
      return [{ backend, name, target: shown, measured, met: target.isMet(measured) }];
    });
  });
}
