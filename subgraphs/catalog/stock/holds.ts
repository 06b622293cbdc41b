import type { Query } from '@waybill/kernel/database.js';

/** How a hold as a whole may end; units that were consumed before stay so. */
export type Ending = 'RELEASED' | 'EXPIRED';

export interface Hold {
  state: string;
  /** Whether its time is up, by the clock of the database; a committed hold has none. */
  overdue: boolean;
  expiresAt: string;
}

/** Locks holds in the order that all commands keep; answers what they are now. */
export async function lockHolds(query: Query, orderIds: string[]): Promise<Map<string, Hold>> {
  const rows = await query<Hold & { orderId: string }>(
    'holds.lock',
    `select order_id as "orderId", state, expires_at as "expiresAt",
            state = 'HELD' and expires_at <= now() as overdue
     from holds where order_id = any($1::uuid[]) order by order_id for no key update`,
    [orderIds],
  );
  return new Map(rows.map((row) => [row.orderId, row]));
}

export function isActive(hold: Hold | undefined): boolean {
  return hold?.state === 'HELD' || hold?.state === 'COMMITTED';
}

/** Units can still join it: it is committed, or its time is not up. */
export function isAlive(hold: Hold | undefined): boolean {
  return isActive(hold) && !hold?.overdue;
}

/**
 * Ends active holds that the caller has locked: the units still active go back to available. A hold of which some
 * units were consumed counts as CONSUMED.
 */
export async function endHolds(query: Query, orderIds: string[], ending: Ending): Promise<void> {
  if (orderIds.length === 0) return;
  await query(
    'holds.levels',
    `select 1 from stock_levels
     where (variant_id, location_id) in (
       select variant_id, location_id from hold_items where order_id = any($1::uuid[]))
     order by variant_id, location_id for no key update`,
    [orderIds],
  );
  await query(
    'holds.end',
    `with item as (
       select order_id, variant_id, location_id, consumed, backordered,
              quantity - consumed - released as active
       from hold_items where order_id = any($1::uuid[])
     ), released as (
       update hold_items set released = quantity - consumed, backordered = 0
       where order_id = any($1::uuid[])
     ), ended as (
       update holds set ended_at = now(), state = case
         when order_id in (select order_id from item where consumed > 0) then 'CONSUMED'
         else $2::text end
       where order_id = any($1::uuid[])
     )
     update stock_levels level
     set reserved = reserved - units + waiting, backordered = backordered - waiting
     from (
       select variant_id, location_id, sum(active)::integer as units,
              sum(item.backordered)::integer as waiting
       from item group by 1, 2
     ) as total
     where level.variant_id = total.variant_id and level.location_id = total.location_id`,
    [orderIds, ending],
  );
}
