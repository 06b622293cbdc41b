import { toMinor } from '@waybill/kernel/money.js';
import {
  OrdersReadBackDocument,
  type OrdersReadBackQuery,
} from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { chunks, sum } from '../command-line/figures.js';
import type { Phase } from '../command-line/progress.js';
import { eachAtOnce } from '../command-line/slots.js';
import { CURRENCY } from '../online-retail/row.js';
import { BATCH } from './order-watch.js';

/** What the system says of one order, in pence. */
export interface OrderMoney {
  total: number;
  captured: number;
  /** For the file's own cancellations: what others had refunded is taken off. */
  refunded: number;
}

type ReadNode = Extract<OrdersReadBackQuery['nodes'][number], { total: unknown }>;

/** Reads the money of these orders from the orders and payments subgraphs, by order id. */
export async function readBack(
  client: Client,
  orderIds: readonly string[],
  ownRefunds: ReadonlySet<string>,
  phase: Phase,
): Promise<Map<string, OrderMoney>> {
  const money = new Map<string, OrderMoney>();
  await eachAtOnce(chunks(orderIds, BATCH), 2, async (ids) => {
    const { nodes } = await client.run(OrdersReadBackDocument, { ids });
    for (const node of nodes) {
      if (node && 'total' in node) money.set(node.id, moneyOf(node, ownRefunds));
    }
    phase.advance(ids.length);
  });
  return money;
}

function moneyOf({ total, payments, refunds }: ReadNode, own: ReadonlySet<string>): OrderMoney {
  const foreign = refunds.filter(({ id, status }) => status === 'REFUNDED' && !own.has(id));
  return {
    total: pence(total),
    captured: sum(payments.map(({ captured }) => pence(captured))),
    refunded:
      sum(payments.map(({ refunded }) => pence(refunded))) -
      sum(foreign.map(({ amount }) => pence(amount))),
  };
}

function pence({ amount }: { amount: string }): number {
  return toMinor(amount, CURRENCY) ?? Number.NaN;
}
