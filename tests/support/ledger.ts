import { stepQueue } from '@waybill/jobs/routes.js';
import type { System } from './system.js';

/** Everything that the databases of a system say about its orders. Amounts in minor units. */
export interface Ledger {
  orders: OrderRow[];
  lines: Array<{
    orderId: string;
    kind: string;
    sku: string;
    quantity: number;
    refunded: number;
    unitPrice: number;
  }>;
  events: Array<{
    orderId: string;
    seq: number;
    id: string;
    from: string | null;
    to: string;
    actor: string;
  }>;
  refunds: Array<{
    id: string;
    orderId: string;
    status: string;
    amount: number;
    restock: boolean;
    lines: Items;
  }>;
  /** Units that were put on hand at first, by SKU. */
  stocked: Map<string, number>;
  /** `accounted` is the sum of all changes of what is on hand. */
  products: Array<{ sku: string; onHand: number; reserved: number; accounted: number }>;
  holds: Array<{ orderId: string; state: string; ended: boolean }>;
  holdItems: Array<{
    orderId: string;
    sku: string;
    quantity: number;
    consumed: number;
    released: number;
  }>;
  restocks: Array<{ id: string; items: Items }>;
  payments: PaymentRow[];
  captures: Array<{ paymentId: string; captureId: string; amount: number; state: string }>;
  /** The books: amounts by transfer and account. */
  entries: Array<{ orderId: string; transferId: string; account: string; amount: number }>;
  paymentRefunds: Array<{ id: string; paymentId: string; amount: number; state: string }>;
  /** What the simulated provider knows. */
  charges: Array<{
    key: string;
    state: string;
    captures: Record<string, number>;
    refunds: Record<string, number>;
  }>;
  /** Ids of the events that left an outbox. */
  published: Set<string>;
  /** Orders that wait for a job which is nowhere, and say nothing of it. */
  stranded: string[];
}

export type Items = Array<{ sku: string; quantity: number }>;

export interface OrderRow {
  id: string;
  key: string;
  status: string;
  payment: string;
  refund: string;
  seq: number;
  total: number;
  captured: number;
  refunded: number;
}

export interface PaymentRow {
  id: string;
  orderId: string;
  state: string;
  authorized: number;
  captured: number;
  refunded: number;
}

export async function readLedger(system: System): Promise<Ledger> {
  return {
    ...(await readOrders(system)),
    ...(await readStock(system)),
    ...(await readMoney(system)),
    stocked: system.stocked,
    published: new Set(system.published.map(({ id }) => id)),
    stranded: await strandedOrders(system),
  };
}

async function readOrders({ sql }: System) {
  return {
    orders: await sql<Ledger['orders'][number]>(
      'orders',
      `select id, placed_by || ' ' || idempotency_key as key, status, payment_status as payment,
         refund_status as refund, seq, total::int, captured::int, refunded::int from orders order by id`,
    ),
    lines: await sql<Ledger['lines'][number]>(
      'orders',
      `select order_id as "orderId", kind, sku, quantity, refunded_quantity as refunded,
         unit_price::int as "unitPrice" from order_lines order by order_id, line_number`,
    ),
    events: await sql<Ledger['events'][number]>(
      'orders',
      `select order_id as "orderId", seq, id, from_status as "from", to_status as "to", actor
       from order_events order by order_id, seq`,
    ),
    refunds: await sql<Ledger['refunds'][number]>(
      'orders',
      'select id, order_id as "orderId", status, amount::int, restock, lines from refunds order by id',
    ),
  };
}

async function readStock({ sql }: System) {
  return {
    products: await sql<Ledger['products'][number]>(
      'catalog',
      `select sku, on_hand as "onHand", reserved, coalesce(sum(delta), 0)::int as accounted
       from products left join stock_changes on product_id = id group by id order by sku`,
    ),
    holds: await sql<Ledger['holds'][number]>(
      'catalog',
      'select order_id as "orderId", state, ended_at is not null as ended from holds order by order_id',
    ),
    holdItems: await sql<Ledger['holdItems'][number]>(
      'catalog',
      `select order_id as "orderId", sku, quantity, consumed, released
       from hold_items join products on products.id = product_id order by order_id, sku`,
    ),
    restocks: await sql<Ledger['restocks'][number]>(
      'catalog',
      'select restock_id as id, items from restocks order by restock_id',
    ),
  };
}

async function readMoney({ sql }: System) {
  return {
    payments: await sql<Ledger['payments'][number]>(
      'payments',
      `select id, order_id as "orderId", state, authorized::int, captured::int, refunded::int
       from payments order by id`,
    ),
    captures: await sql<Ledger['captures'][number]>(
      'payments',
      `select payment_id as "paymentId", capture_id as "captureId", amount::int, state
       from captures order by payment_id, capture_id`,
    ),
    entries: await sql<Ledger['entries'][number]>(
      'payments',
      `select order_id as "orderId", transfer_id as "transferId", account, amount::int
       from ledger_entries order by order_id, transfer_id`,
    ),
    paymentRefunds: await sql<Ledger['paymentRefunds'][number]>(
      'payments',
      'select id, payment_id as "paymentId", amount::int, state from refunds order by id',
    ),
    charges: (
      await sql<{ charge: Ledger['charges'][number] }>(
        'payments',
        'select charge from simulator_charges',
      )
    ).map(({ charge }) => charge),
  };
}

async function strandedOrders({ commands, queues, sql }: System): Promise<string[]> {
  const { events } = await commands.orders.findStalled({ olderThanSeconds: 0, limit: 10_000 });
  const states = await Promise.all(
    events.map((event) => queues.stateOf(event, stepQueue(event.type))),
  );
  const lost = events.filter((_, i) => states[i] !== 'live').map(({ subject }) => subject);
  const quiet = await sql<{ id: string }>(
    'orders',
    'select id from orders where id = any($1::uuid[]) and needs_attention is null',
    [lost],
  );
  return quiet.map(({ id }) => id);
}
