import type { QueueBackend } from '@waybill/kernel/queue-backend.js';

/** The queues whose jobs move orders on; mail about them is another matter. */
const QUEUES = ['reservation', 'payment'];

/**
 * Where jobs are that are still to be done, in the order in which they go from one to the next; looked at one after the
 * other, and twice, so that none slips past while it moves on.
 */
const ROUND = ['delayed', 'prioritized', 'waiting', 'active'] as const;
const LIVE = [...ROUND, ...ROUND];

/** Jobs read at once. */
const PAGE = 1000;

export interface JobsAtWork {
  /** Ids of the orders that a job is to move on. */
  orders(): Promise<ReadonlySet<string>>;
  close(): Promise<void>;
}

/** Looks at the queues; `backend` should be one that only reads. Rejects where they cannot be reached. */
export async function openJobs(backend: QueueBackend): Promise<JobsAtWork> {
  const queues = QUEUES.map((name) => backend.queue(name));
  for (const queue of queues) queue.on('error', () => {});
  const close = async () => void (await Promise.all(queues.map((queue) => queue.close())));
  return {
    close,
    async orders() {
      const found = new Set<string>();
      for (const queue of queues) {
        for (const state of LIVE) {
          for (let start = 0, full = true; full; start += PAGE) {
            const jobs = await queue.getJobs([state], start, start + PAGE - 1, true);
            for (const job of jobs) if (job?.data?.subject) found.add(String(job.data.subject));
            full = jobs.length === PAGE;
          }
        }
      }
      return found;
    },
  };
}
