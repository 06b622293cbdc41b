import { forbidden } from '@waybill/kernel/errors.js';
import { isStaff, realmsOf } from '@waybill/kernel/identity.js';
import { Signal, stream } from '@waybill/kernel/signal.js';
import type { LiveChange } from '@waybill/schema/events.js';
import type { OrdersContext } from './context.js';
import type { OrderStatus } from './order.js';
import type { OrderEventRow } from './tables.js';

/** Changes kept for a subscriber that reads slowly; beyond them the oldest are dropped. */
const BACKLOG = 10_000;

const IDLE_MS = 60_000;

/**
 * Every order that moves, as it moves, for staff who watch the whole shop, or their storefronts: live only, nothing is replayed.
 * `statuses` narrows it to orders that come into one of them; drafts are told of only where DRAFT is named.
 */
export async function orderFeed(
  context: OrdersContext,
  statuses: OrderStatus[] | undefined,
): Promise<AsyncGenerator<OrderEventRow, void, void>> {
  if (!isStaff(context.identity)) throw forbidden();
  const wanted = statuses && new Set<string>(statuses);
  const hints = new Signal();
  const backlog: LiveChange[] = [];
  // From here on nothing is missed, even before the first event is asked for.
  const unsubscribe = context.live.subscribe((changes) => {
    backlog.push(...changes.filter(({ status }) => wanted?.has(status) ?? status !== 'DRAFT'));
    backlog.splice(0, Math.max(0, backlog.length - BACKLOG));
    if (backlog.length > 0) hints.wake();
  });
  return stream(hints, feed(context, wanted, backlog, hints), unsubscribe);
}

async function* feed(
  { eventsAfter, identity, loaders }: OrdersContext,
  wanted: Set<string> | undefined,
  backlog: LiveChange[],
  hints: Signal,
): AsyncGenerator<OrderEventRow, void, void> {
  /** Whoever works for all storefronts need not be asked about each order. */
  const visible = async (changes: LiveChange[]): Promise<LiveChange[]> => {
    if (!realmsOf(identity)) return changes;
    const orders = await loaders.order.loadMany(changes.map(({ orderId }) => orderId));
    return changes.filter((_, i) => orders[i] && !(orders[i] instanceof Error));
  };
  while (!hints.ended) {
    const changes = await visible(backlog.splice(0));
    const found = await Promise.all(
      changes.map(({ orderId, seq }) => eventsAfter({ orderId, seq: seq - 1, limit: 1 })),
    );
    yield* found.flat().filter((event) => isWanted(event, wanted));
    if (backlog.length === 0) await hints.wait(IDLE_MS);
  }
}

function isWanted({ type, fromStatus, toStatus }: OrderEventRow, wanted?: Set<string>): boolean {
  if (type === 'draft_closed') return wanted?.has('DRAFT') ?? false;
  // An order that is in a wanted status may be told of without moving: a refund, say.
  return !wanted || fromStatus !== toStatus;
}
