import { globalId } from '@waybill/kernel/ids.js';
import pg from 'pg';
import type { Acknowledged, Action } from './journal.js';
import { REFUSES_REFUNDS } from './plan-life.js';

interface OrderRow {
  id: string;
  key: string;
  status: string;
  card: string;
  /** Requests for another payment, and refunds asked for. */
  payments: number;
  refunds: Array<{ id: string; status: string }>;
  returns: Array<{ id: string; restocking: string | null; refund: string | null }>;
}

const ORDERS = `
  select id, idempotency_key as key, status, payments -> -1 ->> 'method' as card, (
      select count(*)::int from order_events e
      where e.order_id = o.id and e.type = 'payment_requested') as payments, (
      select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'status', r.status)), '[]')
      from refunds r where r.order_id = o.id) as refunds, (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', t.id, 'restocking', t.restocking, 'refund', r.status)), '[]')
      from returns t left join refunds r on r.id = t.refund_id where t.order_id = o.id) as returns
  from orders o where starts_with(idempotency_key, $1)`;

export interface JournalCheck {
  /** What was acknowledged and is not so, or is so twice. */
  findings: string[];
  /** Orders by status. */
  statuses: Record<string, number>;
  /** Orders that are there although their client never heard of it. */
  unheard: number;
}

/** Holds what clients were promised against what the orders' database says. `run` begins every key of the run. */
export async function checkJournal(
  entries: readonly Acknowledged[],
  ordersUrl: string,
  run: string,
): Promise<JournalCheck> {
  const orders = await ordersOf(ordersUrl, run);
  const byId = new Map(orders.map((order) => [order.id, order]));
  const keys = new Set(entries.filter(({ action }) => action === 'place').map(({ key }) => key));
  const statuses: Record<string, number> = {};
  for (const { status } of orders) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    findings: [...entries.flatMap((entry) => broken(entry, byId)), ...repeated(orders)],
    statuses,
    unheard: orders.filter(({ key }) => !keys.has(key)).length,
  };
}

async function ordersOf(url: string, run: string): Promise<OrderRow[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<OrderRow>(ORDERS, [`${run}-`])).rows;
  } finally {
    await client.end();
  }
}

/** Undefined where the promise was kept. */
type Promised = (order: OrderRow, entry: Acknowledged) => string | undefined;

const PROMISES: Record<Action, Promised> = {
  place: ({ key }, entry) => (key === entry.key ? undefined : `is that of the key ${key}`),
  pay: ({ payments }) => (payments === 1 ? undefined : `was to be paid ${payments} times anew`),
  cancel: ({ status }) => (status === 'CANCELLED' ? undefined : `was called off and is ${status}`),
  fulfill: ({ status }) =>
    ['SHIPPED', 'DELIVERED'].includes(status) ? undefined : `was to be shipped and is ${status}`,
  refund: ({ refunds, card }, { refundId = '' }) => {
    const refund = refunds.find(({ id }) => id === refundOf.decode(refundId));
    return refund?.status === expectedRefund(card)
      ? undefined
      : `has a refund ${refund?.status ?? 'lost'}`;
  },
  return: ({ returns, card }, { returnId = '' }) => {
    const found = returns.find(({ id }) => id === returnOf.decode(returnId));
    if (!found) return 'has lost a return';
    const done = found.restocking === 'DONE' && found.refund === expectedRefund(card);
    return done ? undefined : `has a return half done (${found.restocking}, ${found.refund})`;
  },
};

const expectedRefund = (card: string) => (card === REFUSES_REFUNDS ? 'FAILED' : 'REFUNDED');

const orderOf = globalId('Order');
const refundOf = globalId('Refund');
const returnOf = globalId('Return');

function broken(entry: Acknowledged, orders: ReadonlyMap<string, OrderRow>): string[] {
  const id = orderOf.decode(entry.orderId) ?? entry.orderId;
  const order = orders.get(id);
  const what = order ? PROMISES[entry.action](order, entry) : 'is lost';
  return what ? [`order ${id} (${entry.key}) ${what}`] : [];
}

/** Each order of a run has one refund at the most, and one key. */
function repeated(orders: readonly OrderRow[]): string[] {
  const keys = new Set<string>();
  return orders.flatMap(({ id, key, refunds, returns }) => {
    const twice = keys.has(key);
    keys.add(key);
    return [
      ...(twice ? [`order ${id} is a second one of the key ${key}`] : []),
      ...(refunds.length > 1 ? [`order ${id} has ${refunds.length} refunds instead of one`] : []),
      ...(returns.length > 1 ? [`order ${id} has ${returns.length} returns instead of one`] : []),
    ];
  });
}
