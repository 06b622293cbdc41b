import { raw } from '@mikro-orm/core';
import type { Database } from '@waybill/kernel/database.js';
import type { PageRequest } from '@waybill/kernel/graphql/connection.js';
import type { OrderStatus } from './order.js';
import { type OrderRow, OrderTable } from './tables.js';

/** Which orders to list, with bare ids; all that is named must hold. Drafts only where their status is named. */
export interface OrderQuery {
  status?: OrderStatus[];
  customerId?: string;
  storefrontIds?: readonly string[];
  placedFrom?: Date;
  placedTo?: Date;
  /** Placed under one of these keys, which are unique for whoever placed it. */
  placedUnder?: { placedBy: string; keys: string[] };
}

/**
 * The newest placed first. A page begins after the order that its cursor names, found by index: page 1,000 costs what
 * page 1 costs.
 */
export async function listOrders(
  db: Database,
  query: OrderQuery,
  { limit, after }: PageRequest,
): Promise<OrderRow[]> {
  if (query.storefrontIds && !query.customerId && !query.placedUnder) {
    return listOrdersOfStorefronts(db, query.storefrontIds, query, { limit, after });
  }
  const where = {
    ...condition(query),
    ...(after && { [raw(placedBefore('?'), [after, after])]: [] }),
  };
  const orderBy = { placedAt: 'desc', id: 'desc' } as const;
  return db.em().find(OrderTable, where, { orderBy, limit }) as Promise<OrderRow[]>;
}

/** Orders that follow the one that `cursor` names in a list; all of them where it is null. */
const placedBefore = (cursor: string): string => `(placed_at, id) < (
  coalesce((select placed_at from orders where id = ${cursor}::uuid), 'infinity'),
  coalesce(${cursor}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))`;

/**
 * A page of each of `$1`, by index: of what one of them has placed, or what was ordered in it. Conditions that are
 * null hold for all.
 */
const pagesBy = (column: 'customer_id' | 'storefront_id') => `
  select o.id from unnest($1::uuid[]) as whose(id), lateral (
    select id, placed_at from orders
    where ${column} = whose.id and ${placedBefore('$2')}
      and ($9 or placed_at < 'infinity') and ($3::text[] is null or status = any($3))
      and ($4::timestamptz is null or placed_at >= $4) and ($5::timestamptz is null or placed_at < $5)
      and ($7::uuid is null or (placed_by = $7 and idempotency_key = any($8::text[])))
      and ($10::uuid[] is null or storefront_id = any($10))
    order by placed_at desc, id desc limit $6) o
  order by o.placed_at desc, o.id desc`;

const OF_CUSTOMERS = pagesBy('customer_id');
/** Of the pages of some storefronts, their first rows are the page of all. */
const OF_STOREFRONTS = `${pagesBy('storefront_id')} limit $6`;

function pageParameters(whose: readonly string[], query: OrderQuery, page: PageRequest): unknown[] {
  return [
    whose,
    page.after ?? null,
    query.status ?? null,
    query.placedFrom ?? null,
    query.placedTo ?? null,
    page.limit,
    query.placedUnder?.placedBy ?? null,
    query.placedUnder?.keys ?? null,
    withDrafts(query),
    query.storefrontIds ?? null,
  ];
}

async function listOrdersOfStorefronts(
  db: Database,
  storefrontIds: readonly string[],
  query: OrderQuery,
  page: PageRequest,
): Promise<OrderRow[]> {
  const whose = [...new Set(storefrontIds)];
  const ids = await db.query<{ id: string }>(
    'orders.of-storefronts',
    OF_STOREFRONTS,
    pageParameters(whose, query, page),
  );
  const rows = await findOrders(
    db,
    ids.map(({ id }) => id),
  );
  return rows.filter((row) => row !== undefined);
}

/** The same list for many customers in one statement; pages come back in the order of `customerIds`. */
export async function listOrdersOfCustomers(
  db: Database,
  customerIds: string[],
  query: OrderQuery,
  page: PageRequest,
): Promise<OrderRow[][]> {
  const ids = await db.query<{ id: string }>(
    'orders.of-customers',
    OF_CUSTOMERS,
    pageParameters(customerIds, query, page),
  );
  const rows = await findOrders(
    db,
    ids.map((row) => row.id),
  );
  return customerIds.map(
    (customerId) => rows.filter((row) => row?.customerId === customerId) as OrderRow[],
  );
}

/** Orders in the order of `ids`; undefined where there is none. */
export async function findOrders(
  db: Database,
  ids: readonly string[],
): Promise<Array<OrderRow | undefined>> {
  if (ids.length === 0) return [];
  const rows = (await db.em().find(OrderTable, { id: { $in: [...ids] } })) as OrderRow[];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}

/** A draft was placed at no time. */
function withDrafts({ status, placedFrom, placedTo }: OrderQuery): boolean {
  return Boolean(status?.includes('DRAFT') && !placedFrom && !placedTo);
}

function condition(query: OrderQuery) {
  const { status, customerId, storefrontIds, placedFrom, placedTo, placedUnder } = query;
  const placedAt = { ...(placedFrom && { $gte: placedFrom }), ...(placedTo && { $lt: placedTo }) };
  return {
    ...(!withDrafts(query) && { [raw("placed_at < 'infinity'")]: [] }),
    ...(status && { status: { $in: status } }),
    ...(customerId && { customerId }),
    ...(storefrontIds && { storefrontId: { $in: [...storefrontIds] } }),
    ...((placedFrom || placedTo) && { placedAt }),
    ...(placedUnder && {
      placedBy: placedUnder.placedBy,
      idempotencyKey: { $in: placedUnder.keys },
    }),
  };
}
