import { prometheusText } from '@waybill/gateway/observability/prometheus-text.js';
import type { CommandClient } from '@waybill/kernel/commands.js';
import type { Commands } from '@waybill/schema/commands.js';
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

/** Shows how far what lists and reports are read from is behind, asked for whenever somebody asks. */
export function watchProjections(
  registry: Registry,
  { describeProjections }: Pick<CommandClient<Commands['orders']>, 'describeProjections'>,
): void {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const setAside = gauge(
    'waybill_orders_set_aside',
    'Orders that lists and reports do not know all of, since it could not be worked off.',
  );
  new Gauge({
    name: 'waybill_read_models_behind_seconds',
    help: 'Age of the oldest event that lists and reports do not know yet.',
    registers: [registry],
    async collect() {
      // Where nobody answers there is no number, and the other metrics are shown all the same.
      const unknown = { behindSeconds: Number.NaN, setAside: Number.NaN };
      const now = await describeProjections({}).catch(() => unknown);
      this.set(now.behindSeconds);
      setAside.set(now.setAside);
    },
  });
}

/** The text of one process, or of another by its name; undefined where there is none of that name. */
export type ReadMetrics = (process?: string) => Promise<string | undefined>;

/** This process alone. */
export function metricsOf(registry: Registry): ReadMetrics {
  return async (process) => (process ? undefined : prometheusText(registry));
}
