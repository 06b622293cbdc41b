import { prometheusText } from '@waybill/gateway/observability/prometheus-text.js';
import type { Queue } from 'bullmq';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** The metrics of this process; its parts add theirs. */
export function processMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

const JOB_STATES = ['waiting', 'prioritized', 'active', 'delayed', 'failed'] as const;

/** Shows how many jobs each queue holds, counted whenever somebody asks; those that are done are not kept. */
export function countJobs(registry: Registry, queues: readonly Queue[]): void {
  new Gauge({
    name: 'waybill_jobs',
    help: 'Jobs in the queues by state; "failed" are dead letters.',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      for (const queue of queues) {
        const counts = await queue.getJobCounts(...JOB_STATES);
        for (const state of JOB_STATES) this.set({ queue: queue.name, state }, counts[state] ?? 0);
      }
    },
  });
}

/** The text of one process, or of another by its name; undefined where there is none of that name. */
export type ReadMetrics = (process?: string) => Promise<string | undefined>;

/** This process alone. */
export function metricsOf(registry: Registry): ReadMetrics {
  return async (process) => (process ? undefined : prometheusText(registry));
}
