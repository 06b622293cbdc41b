import { ClientError } from '@waybill/kernel/errors.js';
import { Signal, stream } from '@waybill/kernel/signal.js';
import type { OrdersContext } from './context.js';
import { openByToken } from './drafts/guest-token.js';
import type { OrderEventRow } from './tables.js';

/** Milliseconds after which a subscriber looks for itself: a hint of the live relay may be lost, an event never is. */
const LOOK_AGAIN_MS = 10_000;

/**
 * The history of one order from `afterSeq` on, and then each event as it happens, in order and without gaps: hints
 * only say when to read, what is sent is read from the history. Ends when the subscriber leaves, and fails with
 * NOT_FOUND when an event comes that the subscriber may no longer see.
 */
export async function orderUpdates(
  context: OrdersContext,
  orderId: string | undefined,
  afterSeq: number,
): Promise<AsyncGenerator<OrderEventRow, void, void>> {
  return updatesOf(context, afterSeq, async () => {
    if (!orderId || !(await context.loaders.order.load(orderId))) throw noSuchOrder();
    return orderId;
  });
}

/** The same for whoever has an order's token, as long as the token opens it. */
export async function guestOrderUpdates(
  context: OrdersContext,
  token: string,
  afterSeq: number,
): Promise<AsyncGenerator<OrderEventRow, void, void>> {
  return updatesOf(context, afterSeq, async () => {
    const orderId = await openByToken(context, token);
    if (!orderId) throw noSuchOrder();
    return orderId;
  });
}

/** `visible` answers which order it is, or throws where it may not be seen. */
async function updatesOf(
  context: OrdersContext,
  afterSeq: number,
  visible: () => Promise<string>,
): Promise<AsyncGenerator<OrderEventRow, void, void>> {
  const orderId = await visible();
  const hints = new Signal();
  const unsubscribe = context.live.subscribe((changes) => {
    if (changes.some((change) => change.orderId === orderId)) hints.wake();
  });
  return stream(hints, follow(context, orderId, afterSeq, hints, visible), unsubscribe);
}

function noSuchOrder() {
  return new ClientError('NOT_FOUND', 'There is no such order.');
}

async function* follow(
  context: OrdersContext,
  orderId: string,
  afterSeq: number,
  hints: Signal,
  visible: () => Promise<string>,
): AsyncGenerator<OrderEventRow, void, void> {
  let seq = afterSeq;
  while (!hints.ended) {
    const events = await context.eventsAfter({ orderId, seq });
    // Who might see the order when the stream began need not be one who may now.
    if (events.length > 0) await visible();
    for (const event of events) {
      yield event;
      seq = event.seq;
    }
    if (events.length === 0) await hints.wait(LOOK_AGAIN_MS);
  }
}
