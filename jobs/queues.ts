import type { Log } from '@waybill/kernel/log.js';
import type { QueueBackend } from '@waybill/kernel/queue-backend.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import type { EventType, Notifying } from '@waybill/schema/events.js';
import type { Queue } from 'bullmq';
import { jobOptions, QUEUES, type QueueName, RETRIES, type Retries, ROUTES } from './routes.js';

/** A job that has used up its attempts. */
export interface DeadLetter {
  queue: QueueName;
  id: string;
  name: string;
  orderId: string;
  reason: string;
  attempts: number;
  failedAt: string;
}

export type JobState = 'live' | 'dead' | 'missing';

export interface Queues {
  all: Queue[];
  /**
   * Enqueues the jobs of these events, in one queue or in all that take them up. A job's id is its event's id, so what
   * is published twice runs once.
   */
  publish(events: StoredEvent[], only?: QueueName): Promise<void>;
  /** Whether the queue's job of this event is still to be done, has failed for good, or is nowhere. */
  stateOf(event: StoredEvent, queue: QueueName): Promise<JobState>;
  deadLetters(limit?: number): Promise<DeadLetter[]>;
  /** Gives a dead letter all its attempts anew; false when there is none with this id. */
  retry(id: string): Promise<boolean>;
  close(): Promise<void>;
}

/** The queues, without workers: what a process needs that only enqueues. `retries` where they differ from RETRIES. */
export async function openQueues(
  backend: QueueBackend,
  log: Log,
  retries: Partial<Record<QueueName, Retries>> = {},
): Promise<Queues> {
  const retriesOf = { ...RETRIES, ...retries };
  const queues = new Map(QUEUES.map((name) => [name, backend.queue(name)]));
  const all = [...queues.values()];
  for (const queue of all)
    queue.on('error', (error) => log.warn({ err: error }, `queue ${queue.name}`));
  // One after the other: the first sets up the tables that the others share.
  for (const queue of all) await queue.waitUntilReady();
  return {
    all,
    publish: (events, only) => publish(queues, retriesOf, events, only),
    stateOf: (event, queue) => stateOf(queues.get(queue), event),
    deadLetters: (limit = 100) => deadLetters(queues, limit),
    retry: (id) => retry(queues, id),
    close: async () => void (await Promise.all(all.map((queue) => queue.close()))),
  };
}

type QueueMap = Map<QueueName, Queue>;

async function publish(
  queues: QueueMap,
  retries: Record<QueueName, Retries>,
  events: StoredEvent[],
  only?: QueueName,
): Promise<void> {
  const jobs = new Map<QueueName, Array<ReturnType<typeof jobOf>>>();
  for (const event of events) {
    for (const name of queuesOf(event)) {
      if (only && name !== only) continue;
      const list = jobs.get(name) ?? [];
      list.push(jobOf(event, retries[name]));
      jobs.set(name, list);
    }
  }
  await Promise.all([...jobs].map(([name, list]) => queues.get(name)?.addBulk(list)));
}

/** No notification job for an order that nobody wants mail about. */
function queuesOf(event: StoredEvent): QueueName[] {
  const { notify } = event.data as Partial<Notifying>;
  const routes = ROUTES[event.type as EventType] ?? [];
  return routes.filter((name) => name !== 'notification' || notify);
}

function jobOf(event: StoredEvent, retries: Retries) {
  return { name: event.type, data: event, opts: jobOptions(event.id, retries) };
}

async function stateOf(queue: Queue | undefined, event: StoredEvent): Promise<JobState> {
  const job = await queue?.getJob(event.id);
  if (!job) return 'missing';
  return (await job.getState()) === 'failed' ? 'dead' : 'live';
}

async function deadLetters(queues: QueueMap, limit: number): Promise<DeadLetter[]> {
  // What the clocks start comes round again by itself.
  const ordersQueues = [...queues].filter(([name]) => name !== 'outbox');
  const lists = await Promise.all(
    ordersQueues.map(async ([name, queue]) => {
      const jobs = await queue.getFailed(0, limit - 1);
      return jobs.map((job) => ({
        queue: name,
        id: String(job.id),
        name: job.name,
        orderId: String(job.data?.subject ?? ''),
        reason: job.failedReason ?? '',
        attempts: job.attemptsMade,
        failedAt: new Date(job.finishedOn ?? job.timestamp).toISOString(),
      }));
    }),
  );
  return lists.flat().slice(0, limit);
}

async function retry(queues: QueueMap, id: string): Promise<boolean> {
  for (const queue of queues.values()) {
    const job = await queue.getJob(id);
    if (job && (await job.getState()) === 'failed') {
      await job.retry('failed', { resetAttemptsMade: true });
      return true;
    }
  }
  return false;
}
