import type { Log } from '@waybill/kernel/log.js';
import type { Queue } from 'bullmq';
import type { Queues } from './queues.js';
import type { Timing } from './timing.js';

/** Missed beats after which a clock counts as lost. */
const LOST_AFTER = 5;

/**
 * Starts the two clocks of the system: `sweep` for what is due, `reconcile` for what was lost. However many processes
 * start them, each beats once. They live in the queue like all jobs, so every process also looks whether they are
 * still there: a wiped queue has lost the reconciler, too.
 */
export async function startClocks(
  { all }: Pick<Queues, 'all'>,
  { sweepMs, reconcileMs }: Pick<Timing, 'sweepMs' | 'reconcileMs'>,
  log: Log,
): Promise<{ stop(): void }> {
  const queue = all.find(({ name }) => name === 'outbox') as Queue;
  const clocks = Object.entries({ sweep: sweepMs, reconcile: reconcileMs });
  for (const [name, every] of clocks) await start(queue, name, every);
  const watch = setInterval(() => {
    for (const [name, every] of clocks) {
      startAgain(queue, name, every).catch((error) => log.warn({ err: error }, `clock ${name}`));
    }
  }, reconcileMs);
  return { stop: () => clearInterval(watch) };
}

async function startAgain(queue: Queue, name: string, every: number): Promise<void> {
  const clock = await queue.getJobScheduler(name);
  const beats = clock?.next !== undefined && clock.next > Date.now() - LOST_AFTER * every;
  if (!beats) await start(queue, name, every);
}

async function start(queue: Queue, name: string, every: number): Promise<void> {
  const opts = { removeOnComplete: true, removeOnFail: { count: 10 } };
  await queue.upsertJobScheduler(name, { every }, { name, opts });
}
