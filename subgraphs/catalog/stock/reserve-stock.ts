import type { Database, Query } from '@waybill/kernel/database.js';
import type { Commands, ReserveResult } from '@waybill/schema/commands.js';
import { type Allotment, allocate, type Refusal, unitsBySku } from './allocate.js';
import { lockStock } from './lock-stock.js';
import { crossingsOf } from './low/crossings.js';
import { watchCrossings } from './low/watch-stock.js';

type ReserveStock = Commands['catalog']['reserveStock'];
type Request = ReserveStock['input'];

interface HoldRow {
  orderId: string;
  state: string;
  expiresAt: string;
  expired: boolean;
  refusal: Refusal | null;
}

/**
 * Holds stock for a batch of orders in one transaction of four statements, whatever the number of orders; one more
 * where it makes a variant low. `threshold` is that of variants of which nobody said any.
 *
 * An order asks once: the first request that reaches the database decides, and the answer is kept. Asked again, it
 * gets the same answer while its hold lives (or its goods have left), and SHORT with nothing available once the hold
 * was released or has expired, for that key can hold nothing any more. Locks are taken on holds by order id,
 * then on stock by variant and location, here and everywhere, so that batches wait for each other but never in a circle.
 */
export async function reserveStock(
  db: Pick<Database, 'transaction'>,
  inputs: Request[],
  threshold = 0,
): Promise<ReserveResult[]> {
  const requests = firstPerOrder(inputs);
  const answers = await db.transaction(async (query) => {
    const claimed = await claimOrders(query, [...requests.values()]);
    const fresh = [...requests.values()].filter(({ orderId }) => claimed.has(orderId));
    const refusals = await allot(query, fresh, threshold);
    const earlier = [...requests.keys()].filter((orderId) => !claimed.has(orderId));
    return new Map<string, ReserveResult>([
      ...[...claimed].map(([orderId, expiresAt]) => [orderId, reserved(expiresAt)] as const),
      ...refusals,
      ...(await answersKept(query, earlier, requests)),
    ]);
  });
  return inputs.map(({ orderId }) => answers.get(orderId) as ReserveResult);
}

function firstPerOrder(inputs: Request[]): Map<string, Request> {
  const requests = new Map<string, Request>();
  for (const input of inputs) {
    if (!requests.has(input.orderId)) requests.set(input.orderId, input);
  }
  return requests;
}

/** Writes a hold for each order that has none; of two batches that name the same order, one waits for the other. */
async function claimOrders(query: Query, requests: Request[]): Promise<Map<string, string>> {
  const rows = await query<{ order_id: string; expires_at: string }>(
    'reserve.claim',
    `insert into holds (order_id, state, expires_at)
     select order_id, 'HELD', now() + make_interval(secs => ttl)
     from unnest($1::uuid[], $2::float8[]) as request (order_id, ttl)
     order by order_id
     on conflict (order_id) do nothing
     returning order_id, expires_at`,
    [requests.map((request) => request.orderId), requests.map((request) => request.ttlSeconds)],
  );
  return new Map(rows.map((row) => [row.order_id, row.expires_at]));
}

/** Takes the stock for orders that were just claimed; answers who gets none. */
async function allot(
  query: Query,
  orders: Request[],
  threshold: number,
): Promise<Map<string, Refusal>> {
  const requests = orders.map(({ orderId, items }) => ({ key: orderId, items }));
  const stock = await lockStock(query, requests, threshold);
  const { allotments, refusals } = allocate(stock, requests);
  if (allotments.length > 0) await takeUnits(query, allotments);
  await watchCrossings(query, crossingsOf(stock, allotments), threshold);
  if (refusals.size > 0) await keepRefusals(query, refusals);
  return refusals;
}

async function takeUnits(query: Query, allotments: Allotment[]): Promise<void> {
  await query(
    'reserve.take',
    `with taken as (
       insert into hold_items (order_id, variant_id, location_id, quantity, backordered)
       select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::integer[])
       returning variant_id, location_id, quantity, backordered
     )
     update stock_levels level
     set reserved = reserved + units - waiting, backordered = backordered + waiting
     from (
       select variant_id, location_id, sum(quantity)::integer as units,
              sum(backordered)::integer as waiting
       from taken group by 1, 2
     ) as total
     where level.variant_id = total.variant_id and level.location_id = total.location_id`,
    [
      allotments.map((allotment) => allotment.key),
      allotments.map((allotment) => allotment.variantId),
      allotments.map((allotment) => allotment.locationId),
      allotments.map((allotment) => allotment.quantity),
      allotments.map((allotment) => allotment.backordered),
    ],
  );
}

async function keepRefusals(query: Query, refusals: Map<string, Refusal>): Promise<void> {
  await query(
    'reserve.refuse',
    `update holds set state = 'REFUSED', refusal = answer, ended_at = now()
     from unnest($1::uuid[], $2::jsonb[]) as refused (refused_id, answer)
     where order_id = refused_id`,
    [[...refusals.keys()], [...refusals.values()].map((refusal) => JSON.stringify(refusal))],
  );
}

async function answersKept(
  query: Query,
  orderIds: string[],
  requests: Map<string, Request>,
): Promise<Array<[string, ReserveResult]>> {
  if (orderIds.length === 0) return [];
  const rows = await query<HoldRow>(
    'reserve.earlier',
    `select order_id as "orderId", state, expires_at as "expiresAt", refusal,
            expires_at <= now() as expired
     from holds where order_id = any($1::uuid[])`,
    [orderIds],
  );
  return rows.map((row) => [row.orderId, answerKept(row, requests.get(row.orderId))]);
}

function answerKept(hold: HoldRow, request: Request | undefined): ReserveResult {
  if (hold.refusal) return hold.refusal;
  const alive = hold.state === 'HELD' && !hold.expired;
  if (alive || hold.state === 'COMMITTED' || hold.state === 'CONSUMED') {
    return reserved(hold.expiresAt);
  }
  const units = [...unitsBySku(request?.items ?? [])];
  const shortages = units.map(([sku, requested]) => ({ sku, requested, available: 0 }));
  return { outcome: 'SHORT', shortages };
}

function reserved(expiresAt: string): ReserveResult {
  return { outcome: 'RESERVED', expiresAt: new Date(expiresAt).toISOString() };
}
