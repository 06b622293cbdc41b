import type { Database, Query } from '@waybill/kernel/database.js';
import { findHoldChanges, firstPerKey } from './hold-changes.js';
import { lockHolds } from './holds.js';
import {
  type HeldItem,
  type Movement,
  type UnitsRequest,
  type Withdrawals,
  withdraw,
} from './withdraw.js';

/**
 * Some or all units of holds come to their end: they leave the building, or go back to available. Answers the keys of
 * the requests that were granted, by this call or before: each gets all it asks for or nothing. `allows` tells whether a
 * hold in this state may be asked.
 */
export async function moveUnits(
  db: Pick<Database, 'transaction'>,
  kind: Movement,
  inputs: UnitsRequest[],
  allows: (state: string) => boolean,
): Promise<Set<string>> {
  const requests = firstPerKey(inputs);
  const keys = requests.map(({ key }) => key);
  const orderIds = [...new Set(requests.map(({ orderId }) => orderId))];
  return db.transaction(async (query) => {
    const holds = await lockHolds(query, orderIds);
    const done = await findHoldChanges(query, kind, keys);
    const fresh = requests.filter((request) => {
      const state = holds.get(request.orderId)?.state;
      return !done.has(request.key) && state !== undefined && allows(state);
    });
    const granted = await move(query, kind, await withoutShipped(query, fresh));
    return new Set([...done.keys(), ...granted]);
  });
}

/** Of the parcels that were packed when units were called off, those that have not left since. */
async function withoutShipped(query: Query, requests: UnitsRequest[]): Promise<UnitsRequest[]> {
  const parcels = requests.flatMap(({ packed = [] }) => packed);
  if (parcels.length === 0) return requests;
  const ids = parcels.map(({ shipmentId }) => shipmentId);
  const shipped = await findHoldChanges(query, 'CONSUMED', ids);
  return requests.map(({ packed, ...request }) => ({
    ...request,
    packed: packed?.filter(({ shipmentId }) => !shipped.has(shipmentId)),
  }));
}

async function move(query: Query, kind: Movement, requests: UnitsRequest[]): Promise<string[]> {
  if (requests.length === 0) return [];
  const held = await lockHeldItems(query, requests);
  const withdrawals = withdraw(kind, held, requests);
  if (withdrawals.granted.length > 0) await record(query, kind, withdrawals);
  return withdrawals.granted.map(({ key }) => key);
}

/** Locks the stock by variant and location, as all commands do; the holds are locked already. */
function lockHeldItems(query: Query, requests: UnitsRequest[]): Promise<HeldItem[]> {
  return query<HeldItem>(
    'units.lock',
    `select order_id as "orderId", item.variant_id as "variantId",
            item.location_id as "locationId", sku, consumed, quantity - consumed - released - item.backordered as active,
            item.backordered
     from hold_items item
     join stock_levels level
       on level.variant_id = item.variant_id and level.location_id = item.location_id
     join variants on variants.id = item.variant_id
     where order_id = any($1::uuid[]) order by level.variant_id, level.location_id
     for no key update of level`,
    [requests.map(({ orderId }) => orderId)],
  );
}

async function record(
  query: Query,
  kind: Movement,
  { withdrawals, granted, ended }: Withdrawals,
): Promise<void> {
  const itemsOf = Map.groupBy(withdrawals, ({ key }) => key);
  const items = granted.map(({ key }) =>
    (itemsOf.get(key) ?? []).map(({ sku, quantity }) => ({ sku, quantity })),
  );
  await query(
    'units.move',
    `with withdrawal as (
       select * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::integer[], $12::integer[])
         as withdrawal (change_id, order_id, variant_id, location_id, units, waiting)
     ), stock_change as (
       insert into stock_changes (variant_id, location_id, reason, reference_id, delta)
       select variant_id, location_id, $1::text, change_id, -units from withdrawal
       where $1::text = 'CONSUMED'
     ), moved as (
       select order_id, variant_id, location_id, sum(units)::integer as units,
              sum(waiting)::integer as waiting
       from withdrawal group by 1, 2, 3
     ), change as (
       insert into hold_changes (kind, change_id, order_id, items)
       select $1::text, * from unnest($7::uuid[], $8::uuid[], $9::jsonb[])
     ), item as (
       update hold_items
       set consumed = consumed + case $1::text when 'CONSUMED' then units else 0 end,
           released = released + case $1::text when 'RELEASED' then units else 0 end,
           backordered = backordered - waiting
       from moved
       where hold_items.order_id = moved.order_id and hold_items.variant_id = moved.variant_id
         and hold_items.location_id = moved.location_id
     ), ended as (
       update holds set state = ending, ended_at = now()
       from unnest($10::uuid[], $11::text[]) as ended (ended_id, ending)
       where order_id = ended_id and state in ('HELD', 'COMMITTED')
     )
     update stock_levels level
     set reserved = reserved - units + waiting, backordered = backordered - waiting,
         on_hand = on_hand - case $1::text when 'CONSUMED' then units else 0 end
     from (
       select variant_id, location_id, sum(units)::integer as units, sum(waiting)::integer as waiting
       from moved group by 1, 2
     ) as total
     where level.variant_id = total.variant_id and level.location_id = total.location_id`,
    [
      kind,
      withdrawals.map(({ key }) => key),
      withdrawals.map(({ orderId }) => orderId),
      withdrawals.map(({ variantId }) => variantId),
      withdrawals.map(({ locationId }) => locationId),
      withdrawals.map(({ quantity }) => quantity),
      granted.map(({ key }) => key),
      granted.map(({ orderId }) => orderId),
      items.map((each) => JSON.stringify(each)),
      [...ended.keys()],
      [...ended.values()],
      withdrawals.map(({ backordered }) => backordered),
    ],
  );
}
