import { traceparentOf } from '@waybill/kernel/callers.js';
import type { Database } from '@waybill/kernel/database.js';
import { hasReader } from './decision.js';
import { eventHash } from './history/chain.js';
import { BEGINNING } from './history/rebuild.js';
import type { CaptureOn, OrderPayment, OrderState } from './order.js';
import type { PlacedLine } from './order-parts.js';
import { type FactRow, insertFacts } from './order-rows.js';
import { type OrderRow, OrderTable, type ShippingAddress } from './tables.js';

export interface NewOrder {
  id: string;
  /** Id of the event `placed`, and so of the job that it starts. */
  eventId: string;
  placedBy: string;
  /** Who that is, for the history. */
  actor: string;
  idempotencyKey: string;
  requestHash: string;
  /** The quote that it places; each is placed once. */
  quoteId: string | null;
  customerId: string | null;
  storefrontId: string;
  /** Whether its customer is a partner. */
  ofPartner: boolean;
  /** Whether its customer is known there for certain. */
  isKnown: boolean;
  currency: string;
  total: number;
  payments: OrderPayment[];
  captureOn: CaptureOn;
  /** Bare id of the version that it goes by; null for the default one. */
  workflowId: string | null;
  notify: boolean;
  shippingAddress: ShippingAddress | null;
  lines: PlacedLine[];
}

/** An order with the hash of the request that placed it. */
export interface Stored {
  order: OrderRow;
  requestHash: string;
  /** Whether it was there before. */
  repeated: boolean;
}

export interface OrderKey {
  placedBy: string;
  key: string;
}

/**
 * Writes orders, lines, first events and outbox rows in one statement. Where a key is taken, nothing is written and
 * the order that took it comes back instead; undefined where another key has taken the quote.
 */
export async function insertOrders(
  db: Database,
  orders: NewOrder[],
): Promise<Array<Stored | undefined>> {
  const facts = orders.map(placedFact);
  const inserted = await db.query<{ id: string; number: string; placedAt: string }>(
    'orders.insert',
    INSERT,
    [
      JSON.stringify(orders.map((order, i) => orderRow(order, facts[i]))),
      JSON.stringify(facts),
      JSON.stringify(orders.flatMap(lineRows)),
    ],
  );
  const byId = new Map(inserted.map((row) => [row.id, row]));
  const taken = orders.filter((order) => !byId.has(order.id));
  const before = taken.length > 0 ? await storedOrders(db, taken.map(keyOf)) : new Map();
  return orders.map((order) => {
    const row = byId.get(order.id);
    return row
      ? { order: rowOf(order, row), requestHash: order.requestHash, repeated: false }
      : before.get(keyText(keyOf(order)));
  });
}

/** The orders placed under these keys, undefined where a key was never used. */
export async function findOrdersByKey(
  db: Database,
  keys: OrderKey[],
): Promise<Array<Stored | undefined>> {
  const stored = await storedOrders(db, keys);
  return keys.map((key) => stored.get(keyText(key)));
}

const INSERT = `
  with placed as (
    insert into orders (id, placed_by, idempotency_key, request_hash, quote_id, customer_id, storefront_id, of_partner,
                        workflow_id, status, seq, currency, total, payments, capture_on, notify, shipping_address, history_hash)
    select id, placed_by, idempotency_key, request_hash, quote_id, customer_id, storefront_id, of_partner,
           workflow_id, 'PENDING', 1, currency, total, payments, capture_on, notify, shipping_address, history_hash
    from json_to_recordset($1::json) as o(
      id uuid, placed_by uuid, idempotency_key text, request_hash text, quote_id uuid, customer_id uuid,
      storefront_id uuid, of_partner boolean, workflow_id uuid, currency text,
      total bigint, payments jsonb, capture_on text, notify boolean, shipping_address jsonb, history_hash text)
    on conflict do nothing
    returning id, number, placed_at
  ), lines as (
    insert into order_lines (order_id, line_number, kind, sku, product_id, title, quantity, unit_price,
                             price_id)
    select order_id, line_number, kind, sku, product_id, title, quantity, unit_price, price_id
    from json_to_recordset($3::json) as l(
      order_id uuid, line_number int, kind text, sku text, product_id uuid, title text, quantity int, unit_price bigint,
      price_id uuid)
    where order_id in (select id from placed)
  ), ${insertFacts('where "orderId" in (select id from placed)')}
  select id, number, placed_at as "placedAt" from placed`;

async function storedOrders(db: Database, keys: OrderKey[]): Promise<Map<string, Stored>> {
  const rows = await db.query<{
    id: string;
    placed_by: string;
    idempotency_key: string;
    request_hash: string;
  }>(
    'orders.by-key',
    `select o.id, o.placed_by, o.idempotency_key, o.request_hash
     from unnest($1::uuid[], $2::text[]) as k(placed_by, key)
     join orders o on o.placed_by = k.placed_by and o.idempotency_key = k.key`,
    [keys.map((key) => key.placedBy), keys.map((key) => key.key)],
  );
  const orders = await db.em().find(OrderTable, { id: { $in: rows.map((row) => row.id) } });
  const byId = new Map(orders.map((order) => [order.id, order]));
  return new Map(
    rows.map((row) => [
      keyText({ placedBy: row.placed_by, key: row.idempotency_key }),
      { order: byId.get(row.id) as OrderRow, requestHash: row.request_hash, repeated: true },
    ]),
  );
}

const keyOf = (order: NewOrder): OrderKey => ({
  placedBy: order.placedBy,
  key: order.idempotencyKey,
});
const keyText = ({ placedBy, key }: OrderKey): string => `${placedBy} ${key}`;

function orderRow(order: NewOrder, placed: FactRow | undefined) {
  return {
    id: order.id,
    placed_by: order.placedBy,
    idempotency_key: order.idempotencyKey,
    request_hash: order.requestHash,
    quote_id: order.quoteId,
    customer_id: order.customerId,
    storefront_id: order.storefrontId,
    of_partner: order.ofPartner,
    workflow_id: order.workflowId,
    currency: order.currency,
    total: order.total,
    payments: order.payments,
    capture_on: order.captureOn,
    notify: order.notify,
    shipping_address: order.shippingAddress,
    history_hash: placed?.hash,
  };
}

function lineRows(order: NewOrder) {
  return order.lines.map((line) => ({
    order_id: order.id,
    line_number: line.lineNumber,
    kind: line.kind,
    sku: line.sku,
    product_id: line.productId,
    title: line.title,
    quantity: line.quantity,
    unit_price: line.unitPrice,
    price_id: line.priceId,
  }));
}

/** What the event `placed` tells the jobs that it starts. */
export function placedData(
  order: Pick<OrderState, 'customerId' | 'storefrontId' | 'contactEmail' | 'notify'>,
  lines: PlacedLine[],
  isKnown: boolean,
) {
  const items = lines
    .filter((line) => line.kind === 'PRODUCT')
    .map(({ sku, quantity }) => ({ sku, quantity }));
  const { customerId, storefrontId } = order;
  const notify = hasReader(order);
  // Whoever tells the customer sees whether the storefront knows them.
  const isNew = customerId !== null && !notify && !isKnown;
  return { items, notify, customerId, ...(isNew && { firstIn: storefrontId }) };
}

function placedFact(order: NewOrder): FactRow {
  const data = placedData({ ...order, contactEmail: null }, order.lines, order.isKnown);
  const event = {
    orderId: order.id,
    seq: 1,
    id: order.eventId,
    type: 'placed',
    fromStatus: null,
    toStatus: 'PENDING',
    actor: order.actor,
    reason: null,
    data: { seq: 1, status: 'PENDING', ...data },
    changes: placedState(order),
    at: new Date().toISOString(),
  };
  return { ...event, hash: eventHash(null, event), traceparent: traceparentOf(order) };
}

/** What the order begins with, beside what every order begins with. */
function placedState(order: NewOrder) {
  const { customerId, currency, total, payments, captureOn, notify, shippingAddress, lines } =
    order;
  const { storefrontId, workflowId } = order;
  const agreed = {
    ...(captureOn !== BEGINNING.captureOn && { captureOn }),
    ...(storefrontId !== BEGINNING.storefrontId && { storefrontId }),
    ...(workflowId !== BEGINNING.workflowId && { workflowId }),
  };
  return {
    state: { customerId, currency, total, payments, ...agreed, notify, shippingAddress },
    parts: { lines },
  };
}

/** The row as it was just written, without reading it back. */
function rowOf(
  order: NewOrder,
  { number, placedAt }: { number: string; placedAt: string },
): OrderRow {
  const at = new Date(placedAt);
  return {
    id: order.id,
    number: Number(number),
    placedBy: order.placedBy,
    idempotencyKey: order.idempotencyKey,
    quoteId: order.quoteId,
    customerId: order.customerId,
    ...BEGINNING,
    workflowId: order.workflowId,
    storefrontId: order.storefrontId,
    ofPartner: order.ofPartner,
    status: 'PENDING',
    seq: 1,
    currency: order.currency,
    total: order.total,
    captureOn: order.captureOn,
    payments: order.payments,
    notify: order.notify,
    shippingAddress: order.shippingAddress,
    placedAt: at,
    updatedAt: at,
  };
}
