import type { StoredEvent } from '@waybill/schema/commands.js';
import type { Queues } from './queues.js';
import type { CommandClients } from './workers.js';

/** Stalled orders taken up at once. */
const LIMIT = 1000;

/**
 * Puts back what a crash or a wiped queue took: every order that should be moved by a job and does not move gets that
 * job again, under the same id. One whose job has failed for good is left to staff, and says so.
 */
export async function reconcile(
  { orders }: CommandClients,
  queues: Pick<Queues, 'stateOf' | 'publish'>,
  olderThanSeconds: number,
): Promise<{ restarted: number }> {
  const { events } = await orders.findStalled({ olderThanSeconds, limit: LIMIT });
  const lost: StoredEvent[] = [];
  await Promise.all(
    events.map(async (event) => {
      const state = await queues.stateOf(event);
      if (state === 'missing') lost.push(event);
      if (state === 'dead') {
        const reason = `${event.type}: its job has failed for good`;
        const command = { type: 'flagAttention', reason } as const;
        await orders.applyToOrder({ orderId: event.subject, command });
      }
    }),
  );
  await queues.publish(lost);
  return { restarted: lost.length };
}
