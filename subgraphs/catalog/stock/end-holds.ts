import type { Query } from '@waybill/kernel/database.js';

/** How a reserved unit may end; each does exactly once, because only an active hold can. */
export type Ending = 'RELEASED' | 'EXPIRED' | 'CONSUMED';

/** Locks holds in the order that all commands keep; answers their states as of now. */
export async function lockHolds(query: Query, orderIds: string[]): Promise<Map<string, string>> {
  const rows = await query<{ order_id: string; state: string }>(
    'holds.lock',
    `select order_id, state from holds
     where order_id = any($1::uuid[]) order by order_id for no key update`,
    [orderIds],
  );
  return new Map(rows.map((row) => [row.order_id, row.state]));
}

/** Ends active holds that the caller has locked: units go back to available, or leave the building. */
export async function endHolds(query: Query, orderIds: string[], ending: Ending): Promise<void> {
  if (orderIds.length === 0) return;
  await query(
    'holds.products',
    `select id from products
     where id in (select product_id from hold_items where order_id = any($1::uuid[]))
     order by id for no key update`,
    [orderIds],
  );
  await query(
    'holds.end',
    `with ended as (
       update holds set state = $2::text, ended_at = now() where order_id = any($1::uuid[])
     )
     update products
     set reserved = reserved - units,
         on_hand = on_hand - case $2::text when 'CONSUMED' then units else 0 end
     from (
       select product_id, sum(quantity)::integer as units from hold_items
       where order_id = any($1::uuid[]) group by 1
     ) as total
     where id = product_id`,
    [orderIds, ending],
  );
}
