import type { Database, Query } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { lockHolds } from '../holds.js';
import {
  type FreeLevel,
  type ServedUnits,
  serveWaiting,
  type WaitingItem,
} from './serve-waiting.js';

type ServeBackorders = Commands['catalog']['serveBackorders'];

/**
 * Gives units that have come in to the orders that wait for them, the oldest first. Nobody else can have taken them:
 * what is promised counts as taken. Locks holds and then stock, as everywhere.
 */
export async function serveBackorders(
  db: Pick<Database, 'query' | 'transaction'>,
  inputs: Array<ServeBackorders['input']>,
): Promise<Array<ServeBackorders['output']>> {
  const limit = inputs.reduce((sum, input) => sum + input.limit, 0);
  const oldest = await findServable(db.query, limit);
  if (oldest.length === 0) return inputs.map(() => ({ served: 0 }));
  const served = await db.transaction(async (query) => {
    await lockHolds(query, oldest);
    const variantIds = await waitedFor(query, oldest);
    const levels = await lockFree(query, variantIds);
    const units = serveWaiting(await readWaiting(query, oldest, levels), levels);
    if (units.length > 0) await write(query, units);
    return units.reduce((all, each) => all + each.units, 0);
  });
  return inputs.map((_, i) => ({ served: i === 0 ? served : 0 }));
}

/** Orders that wait for something of which there is some, the oldest first; of each variant none is left out before another. */
async function findServable(query: Query, limit: number): Promise<string[]> {
  const rows = await query<{ order_id: string }>(
    'backorders.find',
    `select order_id from (
       select distinct order_id, created_at
       from (
         select distinct variant_id from stock_levels waiting
         where backordered > 0 and exists (
           select from stock_levels free join locations on locations.id = free.location_id
           where free.variant_id = waiting.variant_id and active and on_hand > reserved)
       ) arrived
       join hold_items using (variant_id) join holds using (order_id)
       where hold_items.backordered > 0
     ) as waiting order by created_at, order_id limit $1`,
    [limit],
  );
  return rows.map((row) => row.order_id);
}

async function waitedFor(query: Query, orderIds: string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    'backorders.variants',
    `select distinct variant_id as id from hold_items
     where order_id = any($1::uuid[]) and backordered > 0`,
    [orderIds],
  );
  return rows.map(({ id }) => id);
}

/** Locks all levels of the variants; a location that is closed has nothing for anybody. */
function lockFree(query: Query, variantIds: string[]): Promise<FreeLevel[]> {
  return query<FreeLevel>(
    'backorders.lock',
    `select variant_id as "variantId", location_id as "locationId",
            case when locations.active then on_hand - reserved else 0 end as free
     from stock_levels level join locations on locations.id = location_id
     where variant_id = any($1::uuid[]) order by variant_id, location_id
     for no key update of level`,
    [variantIds],
  );
}

/** After the locks: only so it sees what their last holders wrote. */
function readWaiting(
  query: Query,
  orderIds: string[],
  levels: FreeLevel[],
): Promise<WaitingItem[]> {
  const variantIds = [...new Set(levels.map(({ variantId }) => variantId))];
  return query<WaitingItem>(
    'backorders.waiting',
    `select order_id as "orderId", variant_id as "variantId", location_id as "locationId", backordered
     from hold_items join holds using (order_id)
     where order_id = any($1::uuid[]) and variant_id = any($2::uuid[]) and backordered > 0
     order by holds.created_at, order_id`,
    [orderIds, variantIds],
  );
}

/** Units that are held elsewhere than they were promised move with their hold. */
async function write(query: Query, served: ServedUnits[]): Promise<void> {
  const values = [
    served.map(({ orderId }) => orderId),
    served.map(({ variantId }) => variantId),
    served.map(({ locationId }) => locationId),
    served.map(({ to }) => to),
    served.map(({ units }) => units),
  ];
  await query(
    'backorders.leave',
    `with ${SERVED}, gone as (
       select order_id, variant_id, location_id, sum(units)::integer as units,
              coalesce(sum(units) filter (where to_id <> location_id), 0)::integer as away
       from served group by 1, 2, 3
     ), emptied as (
       delete from hold_items item using gone
       where item.order_id = gone.order_id and item.variant_id = gone.variant_id
         and item.location_id = gone.location_id and quantity = away
     )
     update hold_items item set backordered = backordered - units, quantity = quantity - away
     from gone
     where item.order_id = gone.order_id and item.variant_id = gone.variant_id
       and item.location_id = gone.location_id and quantity > away`,
    values,
  );
  await query(
    'backorders.arrive',
    `with ${SERVED}, arrived as (
       insert into hold_items (order_id, variant_id, location_id, quantity)
       select order_id, variant_id, to_id, sum(units)::integer from served
       where to_id <> location_id group by 1, 2, 3
       on conflict (order_id, variant_id, location_id)
       do update set quantity = hold_items.quantity + excluded.quantity
     )
     update stock_levels level set reserved = reserved + taken, backordered = backordered - paid
     from (
       select variant_id, place, sum(taken)::integer as taken, sum(paid)::integer as paid from (
         select variant_id, to_id as place, units as taken, 0 as paid from served
         union all select variant_id, location_id, 0, units from served) each
       group by 1, 2
     ) as total
     where level.variant_id = total.variant_id and level.location_id = place`,
    values,
  );
}

const SERVED = `served as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[])
    as served (order_id, variant_id, location_id, to_id, units))`;
