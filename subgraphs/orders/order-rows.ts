import type { Query } from '@waybill/kernel/database.js';
import type { StoredEvent } from './history/chain.js';
import { type OrderState, storedState } from './order.js';
import type { LineState, OrderParts } from './order-parts.js';
import { PROJECTED } from './projections/projection.js';
import type { ShippingAddress } from './tables.js';

/** The statements by which orders change; each takes a whole batch. */

/** An event to append, with the trace that its jobs go on in. */
export interface FactRow extends StoredEvent {
  traceparent: string | undefined;
}

/** An order in hand, with the hash of its last event. */
export interface LockedOrder extends OrderState {
  historyHash: string | null;
  lockedAt: string;
}

export interface DraftParts {
  shippingAddress: ShippingAddress | null;
  lines: LineState[];
}

/** The columns of an OrderState. */
export const STATE_COLUMNS = `
  id, status, payment_status as "paymentStatus", refund_status as "refundStatus", seq, currency,
  total::float8, authorized::float8, captured::float8, refunded::float8, customer_id as "customerId", storefront_id as "storefrontId", notify,
  contact_email as "contactEmail",
  capture_on as "captureOn", version, payments, payment_reversed as "paymentReversed",
  expires_at as "expiresAt", cancel_target as "cancelTarget", reason,
  fulfillment_hold as "fulfillmentHold", needs_attention as "needsAttention", workflow_id as "workflowId",
  workflow_status as "workflowStatus", pending_capture::float8 as "pendingCapture"`;

export async function lockOrders(query: Query, ids: string[]): Promise<Map<string, LockedOrder>> {
  const rows = await query<LockedOrder>(
    'orders.lock',
    `select ${STATE_COLUMNS}, history_hash as "historyHash",
            date_trunc('milliseconds', clock_timestamp()) as "lockedAt"
     from orders where id = any($1) order by id for update`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** A statement of its own, after the lock: only so it sees what the last holder of the lock wrote. */
export async function loadParts(query: Query, ids: string[]): Promise<Map<string, OrderParts>> {
  if (ids.length === 0) return new Map();
  const rows = await query<OrderParts & { id: string }>('orders.parts', PARTS, [ids]);
  return new Map(rows.map(({ id, ...parts }) => [id, parts]));
}

/** What statements of its own write of a draft, by order id. */
export async function loadDrafts(query: Query, ids: string[]): Promise<Map<string, DraftParts>> {
  if (ids.length === 0) return new Map();
  const rows = await query<DraftParts & { id: string }>('orders.drafts', DRAFTS, [ids]);
  return new Map(rows.map(({ id, ...draft }) => [id, draft]));
}

const list = (columns: string, table: string, order: string) => `(
  select coalesce(json_agg(json_build_object(${columns}) order by ${order}), '[]')
  from ${table} t where t.order_id = o.id)`;

const LINE = `'lineNumber', line_number, 'kind', kind, 'sku', sku, 'productId', product_id, 'title', title,
  'quantity', quantity, 'unitPrice', unit_price, 'priceId', price_id, 'cancelled', cancelled_quantity, 'fulfilled', fulfilled_quantity,
  'shipped', shipped_quantity, 'returned', returned_quantity, 'refunded', refunded_quantity`;

const FULFILLMENT = `'id', id, 'number', number, 'status', status, 'lines', lines, 'locationId', location_id,
  'captureAmount', capture_amount,
  'captured', captured, 'heldReason', held_reason, 'carrier', carrier, 'trackingNumber', tracking_number,
  'trackingUrl', tracking_url`;

const REFUND = `'id', id, 'status', status, 'amount', amount, 'reason', reason, 'restock', restock, 'lines', lines,
  'failureCode', failure_code, 'requestedBy', requested_by, 'idempotencyKey', idempotency_key,
  'requestHash', request_hash`;

const LINE_CANCELLATION = `'id', id, 'status', status, 'lines', lines, 'reason', reason`;

const RETURN = `'id', id, 'number', number, 'status', status, 'lines', lines, 'reason', reason, 'rejection', rejection,
  'refundId', refund_id, 'restocking', restocking, 'requestedBy', requested_by, 'idempotencyKey', idempotency_key,
  'requestHash', request_hash`;

const EDIT = `'id', id, 'status', status, 'lines', lines, 'total', total, 'shippingAddress', shipping_address,
  'payment', payment, 'replaced', replaced, 'reason', reason, 'rejection', rejection, 'requestedBy', requested_by`;

/** The columns of OrderParts, of an order `o`. */
export const PARTS_COLUMNS = `
  ${list(LINE, 'order_lines', 'line_number')} as lines,
  ${list(FULFILLMENT, 'fulfillments', 'number')} as fulfillments,
  ${list(REFUND, 'refunds', 'id')} as refunds,
  ${list(LINE_CANCELLATION, 'line_cancellations', 'id')} as "lineCancellations",
  ${list(RETURN, 'returns', 'number')} as returns,
  ${list(EDIT, 'order_edits', 'id')} as edits`;

const DRAFTS = `
  select id, shipping_address as "shippingAddress", ${list(LINE, 'order_lines', 'line_number')} as lines
  from orders o where id = any($1)`;

const PARTS = `select o.id, ${PARTS_COLUMNS} from unnest($1::uuid[]) as o(id)`;

interface WrittenOrder {
  order: OrderState;
  head: string | null;
  facts: FactRow[];
  /** As they were loaded. */
  stored: OrderParts | undefined;
  changedParts: Partial<OrderParts>;
}

/** State, history and outbox in one statement, so that none can be written without the others; parts with them. */
export async function writeOrders(query: Query, written: WrittenOrder[]): Promise<void> {
  const changed = written.filter(({ facts }) => facts.length > 0);
  if (changed.length === 0) return;
  const values: unknown[] = [
    changed.map(({ order, head }) => ({ ...storedState(order), historyHash: head })),
    changed.flatMap(({ facts }) => facts),
  ];
  const lines = changed.flatMap(linesOf);
  const rows = [
    lines.filter(({ isNew }) => !isNew).map(({ line }) => line),
    lines.filter(({ isNew }) => isNew).map(({ line }) => line),
    ...PARTS_WITH_IDS.map((name) => changed.flatMap((each) => partsOf(each, name))),
  ];
  if (rows.every((each) => each.length === 0)) await query('orders.write', WRITE, values.map(json));
  else await query('orders.write-whole', WRITE_WHOLE, [...values, ...rows].map(json));
}

const json = (value: unknown) => JSON.stringify(value);

const PARTS_WITH_IDS = [
  'fulfillments',
  'refunds',
  'lineCancellations',
  'returns',
  'edits',
] as const;

const partsOf = ({ order, changedParts }: WrittenOrder, name: (typeof PARTS_WITH_IDS)[number]) =>
  (changedParts[name] ?? []).map((part) => ({ ...part, orderId: order.id }));

/** What a line was sold as and for never changes: only its quantity and counters do. */
function linesOf({ order, stored, changedParts }: WrittenOrder) {
  const known = new Set(stored?.lines.map(({ lineNumber }) => lineNumber));
  return (changedParts.lines ?? []).map((line) => {
    const { lineNumber, kind, sku, productId, title, unitPrice, priceId, ...counts } = line;
    const isNew = !known.has(lineNumber);
    return { isNew, line: { orderId: order.id, ...(isNew ? line : { lineNumber, ...counts }) } };
  });
}

/**
 * Appends the events in `$2` that pass `filter` to the history, the outbox, what read models are to be told and, where
 * somebody wants to hear of them, the notices to send: parts of a `with` list.
 */
export const insertFacts = (filter = ''): string => `
  facts as (
    select * from json_to_recordset($2::json) as f(
      id uuid, "orderId" uuid, seq int, type text, "fromStatus" text, "toStatus" text, actor text, reason text,
      data jsonb, changes jsonb, at timestamptz, hash text, traceparent text) ${filter}
  ), history as (
    insert into order_events (order_id, seq, id, type, from_status, to_status, actor, reason, data, changes, at, hash)
    select "orderId", seq, id, type, "fromStatus", "toStatus", actor, reason, data, changes, at, hash from facts
  ), sent as (
    insert into outbox (id, type, subject, data, traceparent)
    select id, 'order.' || type, "orderId", data, traceparent from facts
  ), queued as (
    insert into unprojected (order_id, seq, type)
    select "orderId", seq, type from facts where type in (${PROJECTED.map((type) => `'${type}'`)})
  ), told as (
    insert into notices (event_id, order_id)
    select id, "orderId" from facts where data -> 'notify' = 'true' or data -> 'webhook' = 'true'
  )`;

const STATE_AND_FACTS = `
  with state as (
    update orders o set
      status = s.status, payment_status = s."paymentStatus", refund_status = s."refundStatus", seq = s.seq,
      total = s.total, version = s.version, authorized = s.authorized, captured = s.captured,
      refunded = s.refunded, payments = s.payments, payment_reversed = s."paymentReversed",
      expires_at = s."expiresAt", cancel_target = s."cancelTarget", reason = s.reason,
      fulfillment_hold = s."fulfillmentHold", needs_attention = s."needsAttention",
      history_hash = s."historyHash", workflow_status = s."workflowStatus", pending_capture = s."pendingCapture",
      shipping_address = coalesce(s."shippingAddress", o.shipping_address), updated_at = now()
    from json_to_recordset($1::json) as s(
      id uuid, status text, "paymentStatus" text, "refundStatus" text, seq int, total bigint, version int,
      authorized bigint, captured bigint, refunded bigint, payments jsonb, "paymentReversed" boolean,
      "expiresAt" timestamptz, "cancelTarget" text, reason text, "fulfillmentHold" text, "needsAttention" text,
      "historyHash" text, "shippingAddress" jsonb, "workflowStatus" text, "pendingCapture" bigint)
    where o.id = s.id
  ), ${insertFacts()}`;

const WRITE = `${STATE_AND_FACTS} select 1`;

const WRITE_WHOLE = `${STATE_AND_FACTS}, lines as (
    update order_lines l set cancelled_quantity = s.cancelled, fulfilled_quantity = s.fulfilled,
      shipped_quantity = s.shipped, returned_quantity = s.returned, refunded_quantity = s.refunded,
      quantity = s.quantity
    from json_to_recordset($3::json) as s("orderId" uuid, "lineNumber" int, quantity int, cancelled int,
      fulfilled int, shipped int, returned int, refunded int)
    where l.order_id = s."orderId" and l.line_number = s."lineNumber"
  ), new_lines as (
    insert into order_lines (order_id, line_number, kind, sku, product_id, title, quantity, unit_price, price_id)
    select "orderId", "lineNumber", kind, sku, "productId", title, quantity, "unitPrice", "priceId"
    from json_to_recordset($4::json) as s("orderId" uuid, "lineNumber" int, kind text, sku text, "productId" uuid,
      title text, quantity int, "unitPrice" bigint, "priceId" uuid)
  ), parcels as (
    insert into fulfillments as f (id, order_id, number, status, lines, capture_amount, captured, held_reason, carrier,
      tracking_number, tracking_url, location_id, requested_at)
    select id, "orderId", number, status, lines, "captureAmount", captured, "heldReason", carrier, "trackingNumber",
      "trackingUrl", "locationId", case when status = 'SHIPPING' then now() end
    from json_to_recordset($5::json) as s(id uuid, "orderId" uuid, number int, status text, lines jsonb,
      "captureAmount" bigint, captured bigint, "heldReason" text, carrier text, "trackingNumber" text,
      "trackingUrl" text, "locationId" uuid)
    on conflict (id) do update set status = excluded.status, lines = excluded.lines,
      capture_amount = excluded.capture_amount, captured = excluded.captured, held_reason = excluded.held_reason,
      carrier = excluded.carrier, tracking_number = excluded.tracking_number, tracking_url = excluded.tracking_url,
      requested_at = coalesce(excluded.requested_at, f.requested_at),
      shipped_at = coalesce(f.shipped_at, case when excluded.status = 'SHIPPED' then now() end),
      delivered_at = coalesce(f.delivered_at, case when excluded.status = 'DELIVERED' then now() end)
  ), money as (
    insert into refunds as r (id, order_id, requested_by, idempotency_key, request_hash, status, amount, reason, restock,
      lines, failure_code)
    select id, "orderId", "requestedBy", "idempotencyKey", "requestHash", status, amount, reason, restock, lines,
      "failureCode"
    from json_to_recordset($6::json) as s(id uuid, "orderId" uuid, "requestedBy" uuid, "idempotencyKey" text,
      "requestHash" text, status text, amount bigint, reason text, restock boolean, lines jsonb, "failureCode" text)
    on conflict (id) do update set status = excluded.status, amount = excluded.amount,
      failure_code = excluded.failure_code
  ), called_off as (
    insert into line_cancellations (id, order_id, status, lines, reason)
    select id, "orderId", status, lines, reason
    from json_to_recordset($7::json) as s(id uuid, "orderId" uuid, status text, lines jsonb, reason text)
    on conflict (id) do update set status = excluded.status
  ), returned as (
    insert into returns as r (id, order_id, number, status, lines, reason, rejection, refund_id, restocking, requested_by,
      idempotency_key, request_hash, received_at)
    select id, "orderId", number, status, lines, reason, rejection, "refundId", restocking, "requestedBy",
      "idempotencyKey", "requestHash", case when status = 'RECEIVED' then now() end
    from json_to_recordset($8::json) as s(id uuid, "orderId" uuid, number int, status text, lines jsonb, reason text,
      rejection text, "refundId" uuid, restocking text, "requestedBy" uuid, "idempotencyKey" text, "requestHash" text)
    on conflict (id) do update set status = excluded.status, lines = excluded.lines, rejection = excluded.rejection,
      refund_id = excluded.refund_id, restocking = excluded.restocking,
      received_at = coalesce(r.received_at, excluded.received_at)
  ), edited as (
    insert into order_edits as e (id, order_id, status, lines, total, shipping_address, payment, replaced, reason,
      rejection, requested_by, replaced_address, applied_at)
    select s.id, "orderId", s.status, lines, s.total, "shippingAddress", payment, replaced, s.reason, rejection,
      "requestedBy", case when replaced is not null then o.shipping_address end,
      case when replaced is not null then now() end
    from json_to_recordset($9::json) as s(id uuid, "orderId" uuid, status text, lines jsonb, total bigint,
      "shippingAddress" jsonb, payment jsonb, replaced jsonb, reason text, rejection text, "requestedBy" uuid)
      join orders o on o.id = "orderId"
    on conflict (id) do update set status = excluded.status, replaced = excluded.replaced,
      rejection = excluded.rejection, replaced_address = coalesce(e.replaced_address, excluded.replaced_address),
      applied_at = coalesce(e.applied_at, excluded.applied_at)
  ) select 1`;
