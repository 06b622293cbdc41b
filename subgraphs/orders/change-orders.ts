import { traceparentOf } from '@waybill/kernel/callers.js';
import type { Database, Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Decision } from './decision.js';
import type { OrderState } from './order.js';

/** One change asked of one order. */
export interface Change {
  orderId: string;
  /** Who asks, for the history: `user:<uuid>` or `service:<name>`. */
  actor: string;
  decide(order: OrderState): Decision;
}

export interface Changed {
  /** The order as it is afterwards. */
  order: OrderState;
  /** False where the order had moved on and nothing was written. */
  applied: boolean;
}

/**
 * Carries out many changes in one transaction: the orders are locked in the order of their ids, each change is
 * decided on what the ones before it left, and state, events and outbox rows are written together.
 * Undefined stands for an order that does not exist.
 */
export async function changeOrders(
  db: Database,
  changes: Change[],
): Promise<Array<Changed | undefined>> {
  return db.transaction(async (query) => {
    const orders = await lockOrders(query, changes);
    const facts: FactRow[] = [];
    const results = changes.map((change) => {
      const order = orders.get(change.orderId);
      if (!order) return undefined;
      const decision = change.decide(order);
      const next = { ...order, ...decision.patch };
      orders.set(change.orderId, next);
      facts.push(...factRows(order, decision, change));
      return { order: next, applied: decision.facts.length > 0 };
    });
    await write(query, orders, facts);
    return results;
  });
}

/** One change, by itself; the caller's other statements can join its transaction. */
export async function changeOrder(query: Query, change: Change): Promise<Changed | undefined> {
  const orders = await lockOrders(query, [change]);
  const order = orders.get(change.orderId);
  if (!order) return undefined;
  const decision = change.decide(order);
  const next = { ...order, ...decision.patch };
  await write(query, new Map([[order.id, next]]), factRows(order, decision, change));
  return { order: next, applied: decision.facts.length > 0 };
}

interface FactRow {
  id: string;
  order_id: string;
  seq: number;
  type: string;
  from_status: string;
  to_status: string;
  actor: string;
  reason: string | null;
  data: object;
  traceparent: string | undefined;
}

function factRows(order: OrderState, { facts }: Decision, change: Change): FactRow[] {
  const traceparent = traceparentOf(change);
  let from: string = order.status;
  return facts.map((fact, i) => {
    const seq = order.seq + i + 1;
    const row: FactRow = {
      id: newId(),
      order_id: order.id,
      seq,
      type: fact.type,
      from_status: from,
      to_status: fact.to,
      actor: change.actor,
      reason: fact.reason ?? null,
      data: { ...fact.data, seq, status: fact.to },
      traceparent,
    };
    from = fact.to;
    return row;
  });
}

async function lockOrders(query: Query, changes: Change[]): Promise<Map<string, OrderState>> {
  const ids = [...new Set(changes.map((change) => change.orderId))];
  const rows = await query<OrderState>(
    'orders.lock',
    `select id, status, payment_status as "paymentStatus", refund_status as "refundStatus", seq, currency,
            total::float8, authorized::float8, captured::float8, refunded::float8, customer_id as "customerId", notify,
            capture_on as "captureOn", version,
            payment_method as "paymentMethod", payment_attempt as "paymentAttempt",
            declined_attempt as "declinedAttempt", payment_reversed as "paymentReversed",
            expires_at as "expiresAt", cancel_target as "cancelTarget", reason,
            needs_attention as "needsAttention"
     from orders where id = any($1) order by id for update`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** State, history and outbox in one statement, so that none can be written without the others. */
async function write(
  query: Query,
  orders: Map<string, OrderState>,
  facts: FactRow[],
): Promise<void> {
  if (facts.length === 0) return;
  const changed = new Set(facts.map((fact) => fact.order_id));
  const states = [...orders.values()].filter((order) => changed.has(order.id));
  await query(
    'orders.write',
    `with state as (
       update orders o set
         status = s.status, payment_status = s."paymentStatus", refund_status = s."refundStatus", seq = s.seq,
         total = s.total, version = s.version,
         authorized = s.authorized, captured = s.captured, refunded = s.refunded, payment_method = s."paymentMethod",
         payment_attempt = s."paymentAttempt", declined_attempt = s."declinedAttempt",
         payment_reversed = s."paymentReversed", expires_at = s."expiresAt", cancel_target = s."cancelTarget",
         reason = s.reason, needs_attention = s."needsAttention", updated_at = now()
       from json_to_recordset($1::json) as s(
         id uuid, status text, "paymentStatus" text, "refundStatus" text, seq int, total bigint,
         authorized bigint, captured bigint, version int,
         refunded bigint, "paymentMethod" text, "paymentAttempt" int, "declinedAttempt" int,
         "paymentReversed" boolean, "expiresAt" timestamptz, "cancelTarget" text, reason text,
         "needsAttention" text)
       where o.id = s.id
     ), ${insertFacts()} select 1`,
    [JSON.stringify(states), JSON.stringify(facts)],
  );
}

/**
 * Appends the events in `$2` that pass `filter` to the history, the outbox and, where the customer wants to hear of
 * them, the notices to send: parts of a `with` list.
 */
export const insertFacts = (filter = ''): string => `
  facts as (
    select * from json_to_recordset($2::json) as f(
      id uuid, order_id uuid, seq int, type text, from_status text, to_status text, actor text, reason text,
      data jsonb, traceparent text) ${filter}
  ), history as (
    insert into order_events (order_id, seq, id, type, from_status, to_status, actor, reason, data)
    select order_id, seq, id, type, from_status, to_status, actor, reason, data from facts
  ), sent as (
    insert into outbox (id, type, subject, data, traceparent)
    select id, 'order.' || type, order_id, data, traceparent from facts
  ), told as (
    insert into notices (event_id, order_id)
    select id, order_id from facts where data -> 'notify' = 'true' and data ->> 'customerId' is not null
  )`;
