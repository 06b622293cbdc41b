import { eventsOf, isBundle } from '@waybill/kernel/bundle.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import type { Job } from 'bullmq';
import type { Queues } from './queues.js';
import type { QueueName } from './routes.js';
import type { EventHandler } from './traced.js';

/**
 * Does a job event by event. Those of a bundle are handled side by side, and one that fails goes on alone at once, so that it
 * is retried, listed and given up like any other. A bundle that starts a second time broke off: its events go on alone,
 * too, for one of them may be what its worker died of.
 */
export function eachEvent(
  queues: Pick<Queues, 'publishApart'>,
  queue: QueueName,
  handle: EventHandler,
): (job: Job) => Promise<unknown> {
  return async (job) => {
    const events = eventsOf(job) as DomainEvent[];
    if (!isBundle(job)) return handle(events[0] as DomainEvent, job);
    if (job.attemptsStarted > 1) return queues.publishApart(events, queue, 0);
    const alone = (event: DomainEvent) => queues.publishApart([event], queue, 1);
    await Promise.all(events.map((event) => handle(event, job).catch(() => alone(event))));
  };
}
