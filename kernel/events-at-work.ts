import type { JobType, Queue } from 'bullmq';
import { eventsOf } from './bundle.js';
import type { OutboxEvent } from './outbox.js';

/**
 * Where jobs are that are still to be done, in the order in which they go from one to the next; looked at one after the
 * other, and twice, so that none slips past while it moves on.
 */
const ROUND = ['delayed', 'prioritized', 'waiting', 'active'] as const;
const LIVE = [...ROUND, ...ROUND];

/** Jobs read at once. */
const PAGE = 1000;

/** The events that jobs of a queue are for which are still to be done; some come twice. */
export function eventsAtWork(queue: Queue): AsyncGenerator<OutboxEvent> {
  return eventsIn(queue, LIVE);
}

/** The events of jobs in these states. */
export async function* eventsIn(
  queue: Queue,
  states: readonly JobType[],
): AsyncGenerator<OutboxEvent> {
  for (const state of states) {
    for (let start = 0, full = true; full; start += PAGE) {
      const jobs = await queue.getJobs([state], start, start + PAGE - 1, true);
      // One that ended between the list and the look at it is none any more.
      for (const job of jobs) if (job?.data) yield* eventsOf(job);
      full = jobs.length === PAGE;
    }
  }
}
