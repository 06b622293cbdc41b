import { eventsAtWork } from '@waybill/kernel/events-at-work.js';
import type { QueueBackend } from '@waybill/kernel/queue-backend.js';

/** The queues whose jobs move orders on; mail about them is another matter. */
const QUEUES = ['reservation', 'payment'];

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
        for await (const { subject } of eventsAtWork(queue)) found.add(subject);
      }
      return found;
    },
  };
}
