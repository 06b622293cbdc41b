import type { StoredEvent } from '@waybill/schema/commands.js';
import type { JobState, Queues } from './queues.js';
import { type QueueName, stepQueue } from './routes.js';
import type { CommandClients } from './workers.js';

/** Taken up at once, of orders and of notices. */
const LIMIT = 1000;

type QueueAccess = Pick<Queues, 'statesOf' | 'publish'>;

/**
 * Puts back what a crash or a wiped queue took: every order that should be moved by a job and does not move gets that
 * job again, under the same id, and so does one that has not heard of its payments, every mail and every message to a webhook that was not sent. An order whose job has failed for good is
 * left to staff, and says so.
 */
export async function reconcile(
  { users, catalog, orders, payments }: CommandClients,
  queues: QueueAccess,
  olderThanSeconds: number,
): Promise<{ restarted: number }> {
  const [stalled, untold, unsettled, unsent, low, messages] = await Promise.all([
    orders.findStalled({ olderThanSeconds, limit: LIMIT }),
    payments.findUntoldNews({ olderThanSeconds, limit: LIMIT }),
    orders.findUnsettledNotices({ olderThanSeconds, limit: LIMIT }),
    users.findUnsentMail({ olderThanSeconds, limit: LIMIT }),
    catalog.findUntoldLowStock({ olderThanSeconds, limit: LIMIT }),
    users.findPendingDeliveries({ olderThanSeconds, limit: LIMIT }),
  ]);
  const [steps, mails, posts] = await Promise.all([
    sorted(queues, [...stalled.events, ...untold.events], ({ type }) => stepQueue(type)),
    sorted(queues, [...unsettled.events, ...unsent.events, ...low.events], () => 'notification'),
    sorted(queues, messages.events, () => 'webhook'),
  ]);
  for (const { subject: orderId, type } of steps.dead) {
    const reason = `${type}: its job has failed for good`;
    await orders.applyToOrder({ orderId, command: { type: 'flagAttention', reason } });
  }
  for (const [queue, events] of Map.groupBy(steps.missing, ({ type }) => stepQueue(type))) {
    await queues.publish(events, queue);
  }
  await queues.publish(mails.missing, 'notification');
  await queues.publish(posts.missing, 'webhook');
  const lost = [steps.missing, mails.missing, posts.missing];
  return { restarted: lost.flat().length };
}

async function sorted(
  queues: QueueAccess,
  events: StoredEvent[],
  queueOf: (event: StoredEvent) => QueueName,
): Promise<Record<JobState, StoredEvent[]>> {
  const found: Record<JobState, StoredEvent[]> = { live: [], dead: [], missing: [] };
  for (const [queue, group] of Map.groupBy(events, queueOf)) {
    const states = await queues.statesOf(group, queue);
    group.forEach((event, i) => void found[states[i] as JobState].push(event));
  }
  return found;
}
