import { FulfillOrdersDocument } from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { chunks } from '../command-line/figures.js';
import type { Phase } from '../command-line/progress.js';
import { eachAtOnce } from '../command-line/slots.js';
import { BATCH, type OrderWatch, SHIPPED, SHIPPED_OR_DEAD } from './order-watch.js';

export interface Shipping {
  client: Client;
  watch: OrderWatch;
  phase: Phase;
  signal: AbortSignal;
}

/** Batches under way at a time: enough to keep the workers busy, few enough to stop soon. */
const BATCHES_AT_ONCE = 4;

/** Ships these orders, each in full, and waits until they have left; answers the ids of those that have. */
export async function shipOrders(
  orderIds: readonly string[],
  { client, watch, phase, signal }: Shipping,
): Promise<Set<string>> {
  const shipped = new Set<string>();
  await eachAtOnce(chunks(orderIds, BATCH), BATCHES_AT_ONCE, async (ids) => {
    if (signal.aborted) return;
    const { fulfillOrders } = await client.run(FulfillOrdersDocument, { input: { orderIds: ids } });
    for (const { id, status } of fulfillOrders.orders) watch.see(id, status);
    const accepted = fulfillOrders.orders.map(({ id }) => id);
    phase.advance(ids.length - accepted.length);
    for (const id of accepted) {
      const { status } = await watch.until(id, SHIPPED_OR_DEAD);
      if (SHIPPED.has(status)) shipped.add(id);
      phase.advance();
    }
  });
  return shipped;
}
