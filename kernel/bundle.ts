import { createHash } from 'node:crypto';
import type { Job } from 'bullmq';
import type { OutboxEvent } from './outbox.js';

/** What a job of several events is called; any other is called after its event. */
const BUNDLE = 'bundle';

/**
 * A queue does for each job what it does (adds it, hands it out, locks it, removes it, tells of each of that), and under
 * load that costs more than the job: so events that leave together may travel together, in one job.
 */
export interface BundleData {
  events: OutboxEvent[];
}

export function isBundle(job: Pick<Job, 'name'>): boolean {
  return job.name === BUNDLE;
}

/** What the job is for: of most jobs one event. */
export function eventsOf(job: Pick<Job, 'name' | 'data'>): OutboxEvent[] {
  return isBundle(job) ? (job.data as BundleData).events : [job.data as OutboxEvent];
}

/** Events for one queue in jobs of at most `size`; what stands there twice is taken once. */
export function inBundles(events: OutboxEvent[], size: number): OutboxEvent[][] {
  const once = [...new Map(events.map((event) => [event.id, event])).values()];
  const count = Math.ceil(once.length / size);
  return Array.from({ length: count }, (_, i) => once.slice(i * size, (i + 1) * size));
}

/** Name, data and id of the job of these events. The same events are the same job; an event alone is its own. */
export function jobFor(events: [OutboxEvent, ...OutboxEvent[]]): {
  name: string;
  data: OutboxEvent | BundleData;
  jobId: string;
} {
  const [first] = events;
  if (events.length === 1) return { name: first.type, data: first, jobId: first.id };
  const ids = createHash('sha256').update(events.map(({ id }) => id).join());
  return { name: BUNDLE, data: { events }, jobId: ids.digest('base64url') };
}
