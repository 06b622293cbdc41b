import { eventsOf, inBundles, jobFor } from '@waybill/kernel/bundle.js';
import { eventsAtWork, eventsIn } from '@waybill/kernel/events-at-work.js';
import type { Log } from '@waybill/kernel/log.js';
import type { QueueBackend } from '@waybill/kernel/queue-backend.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import type { EventType, Told } from '@waybill/schema/events.js';
import type { Queue } from 'bullmq';
import {
  BUNDLE_SIZE,
  jobOptions,
  QUEUES,
  type QueueName,
  RETRIES,
  type Retries,
  ROUTES,
} from './routes.js';

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
   * Enqueues the jobs of these events, in one queue or in all that take them up: those for one queue in bundles. The
   * id of a job follows from its events, so what is published twice runs once.
   */
  publish(events: StoredEvent[], only?: QueueName): Promise<void>;
  /** The same for events that were in a bundle: each gets a job of its own, for the attempts that are left. */
  publishApart(events: StoredEvent[], queue: QueueName, attemptsMade: number): Promise<void>;
  /** Whether the queue's job of each event is still to be done, has failed for good, or is nowhere. */
  statesOf(events: StoredEvent[], queue: QueueName): Promise<JobState[]>;
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
    publishApart: (events, name, attemptsMade) =>
      publishApart(queues.get(name) as Queue, retriesOf[name], events, attemptsMade),
    statesOf: (events, name) => statesOf(queues.get(name) as Queue, events),
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
  const wanted = events.flatMap((event) =>
    queuesOf(event).map((name) => ({ name, event, asked: !only || name === only })),
  );
  const byQueue = Map.groupBy(
    wanted.filter(({ asked }) => asked),
    ({ name }) => name,
  );
  await Promise.all(
    [...byQueue].map(([name, list]) => {
      const bundles = inBundles(
        list.map(({ event }) => event),
        BUNDLE_SIZE[name],
      );
      const jobs = bundles.map((bundle) => jobOf(bundle, retries[name]));
      return enqueue(queues.get(name) as Queue, jobs);
    }),
  );
}

async function publishApart(
  queue: Queue,
  { attempts, firstPauseMs }: Retries,
  events: StoredEvent[],
  attemptsMade: number,
): Promise<void> {
  const left = { attempts: Math.max(1, attempts - attemptsMade), firstPauseMs };
  const delay = attemptsMade > 0 ? firstPauseMs : 0;
  const jobs = events.map((event) => jobOf([event], left));
  await enqueue(
    queue,
    jobs.map((job) => ({ ...job, opts: { ...job.opts, delay } })),
  );
}

/** Up to so many jobs are added one by one: on PostgreSQL a list costs as much as eight of them, even a list of one. */
const FEW = 8;

async function enqueue(queue: Queue, jobs: Array<ReturnType<typeof jobOf>>): Promise<void> {
  if (jobs.length > FEW) await queue.addBulk(jobs);
  else await Promise.all(jobs.map(({ name, data, opts }) => queue.add(name, data, opts)));
}

/** No notification job where neither mail nor webhooks are wanted. */
function queuesOf(event: StoredEvent): QueueName[] {
  const { notify, webhook } = event.data as Partial<Told>;
  const routes = ROUTES[event.type as EventType] ?? [];
  return routes.filter((name) => name !== 'notification' || notify || webhook);
}

function jobOf(events: StoredEvent[], retries: Retries) {
  const { name, data, jobId } = jobFor(events as [StoredEvent, ...StoredEvent[]]);
  return { name, data, opts: jobOptions(jobId, retries) };
}

async function statesOf(queue: Queue, events: StoredEvent[]): Promise<JobState[]> {
  const states = await Promise.all(events.map((event) => ownState(queue, event)));
  if (!states.includes('missing')) return states;
  // What has no job of its own may travel with others.
  const [dead, live] = [await idsOf(eventsIn(queue, ['failed'])), await idsOf(eventsAtWork(queue))];
  return events.map(({ id }, i) => {
    if (states[i] !== 'missing') return states[i] as JobState;
    if (live.has(id)) return 'live';
    return dead.has(id) ? 'dead' : 'missing';
  });
}

async function idsOf(events: AsyncIterable<StoredEvent>): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { id } of events) ids.add(id);
  return ids;
}

async function ownState(queue: Queue, { id }: StoredEvent): Promise<JobState> {
  const job = await queue.getJob(id);
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
        orderId: eventsOf(job)
          .map(({ subject }) => subject ?? '')
          .join(' '),
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
