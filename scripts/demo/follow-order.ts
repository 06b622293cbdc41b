import { colors as pc } from '@waybill/kernel/colors.js';
import {
  type OrderStatus,
  OrderUpdatesDocument,
  type OrderUpdatesSubscription,
} from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { Failure } from '../command-line/failure.js';
import { SETTLED } from '../replay/order-watch.js';
import { expectThat } from './expect-that.js';
import type { PlacedOrder } from './place-demo-order.js';
import type { Say } from './tell-story.js';

type Event = OrderUpdatesSubscription['orderUpdates'];

export interface Followed {
  status: OrderStatus;
  reason: string | null;
  /** From the first event to the last, on the server's clock. */
  milliseconds: number;
}

/** A line per event of the order, as it happens, until the order is settled. */
export async function followOrder(
  client: Client,
  { id }: PlacedOrder,
  say: Say,
): Promise<Followed> {
  let seq = 0;
  let placedAt: number | undefined;
  say(pc.dim('  seq  status         ms'));
  for await (const { orderUpdates } of client.subscribe(OrderUpdatesDocument, {
    orderId: id,
    afterSeq: 0,
  })) {
    expectThat(orderUpdates.seq === seq + 1, `event ${orderUpdates.seq} follows ${seq}`);
    seq = orderUpdates.seq;
    placedAt ??= Date.parse(orderUpdates.at);
    const milliseconds = Date.parse(orderUpdates.at) - placedAt;
    say(line(orderUpdates, milliseconds));
    const { to: status, reason } = orderUpdates;
    if (SETTLED.has(status)) return { status, reason, milliseconds };
  }
  throw new Failure('the subscription ended before the order was settled');
}

function line({ seq, type, to, reason }: Event, milliseconds: number): string {
  // What happened has its own name where the order stays in its status.
  const remarks = [type === to ? '' : type.toLowerCase().replaceAll('_', ' '), reason ?? ''];
  const remark = remarks.filter(Boolean).join(', ');
  const columns = [String(seq).padStart(5), to.padEnd(10), String(milliseconds).padStart(6)];
  return `${columns.join('  ')}${remark && pc.dim(`  ${remark}`)}`;
}
