import { CALLED_OFF, isAtRest } from '../order-facts.js';
import { inCatalog, type Rule, whereTrue } from '../rule.js';

export const eachUnitEndsOnce: Rule = {
  number: 2,
  title: 'each unit held ends once',
  things: 'holds',
  count: inCatalog('select count(*) as checked from holds'),
  within: [
    inCatalog(`
      select v.sku as id, format('%s on hand, its changes come to %s', on_hand, coalesce(c.units, 0)) as what
      from stock_levels l join variants v on v.id = l.variant_id left join (
        select variant_id, location_id, sum(delta) as units from stock_changes group by 1, 2) c
        using (variant_id, location_id)
      where on_hand <> coalesce(c.units, 0)`),
    inCatalog(`
      select v.sku as id, format('%s of %s units by %s, of which nothing is known', lower(reason), delta, reference_id) as what
      from stock_changes join variants v on v.id = variant_id
      where (reason = 'CONSUMED' and not exists (
          select from hold_changes where change_id = reference_id and kind = 'CONSUMED'))
        or (reason = 'RESTOCKED' and not exists (
          select from restocks where restock_id = reference_id))`),
    inCatalog(`
      select order_id as id, format('its hold is %s %s an end', state,
        case when ended_at is null then 'without' else 'and has' end) as what
      from holds where (ended_at is null) <> (state in ('HELD', 'COMMITTED'))`),
    inCatalog(`
      select order_id as id, format('of %s %s, %s are consumed and %s released, while its hold is %s',
        quantity, sku, consumed, released, state) as what
      from hold_items join holds using (order_id) join variants v on v.id = variant_id
      where consumed < 0 or released < 0 or consumed + released > quantity
        or (consumed + released < quantity and state not in ('HELD', 'COMMITTED'))
        or (consumed > 0 and state in ('HELD', 'RELEASED', 'EXPIRED'))`),
    inCatalog(`
      select order_id as id, format('%s %s are %s one by one, but %s of its units are', units, sku,
        lower(kind), counted) as what
      from (
        select c.order_id, c.kind, i.sku, sum(i.quantity) as units
        from hold_changes c, jsonb_to_recordset(c.items) as i(sku text, quantity int)
        where c.kind in ('CONSUMED', 'RELEASED') group by 1, 2, 3) change
        join variants v using (sku)
        left join (
          select order_id, variant_id, sum(consumed) as consumed, sum(released) as released
          from hold_items group by 1, 2) h using (order_id)
      ,
        lateral (select case change.kind when 'CONSUMED' then h.consumed else h.released end as counted) c
      where h.variant_id = v.id and units > counted`),
    inCatalog(`
      select p.sku as id, format('units of it are held by no hold, or nowhere: %s', order_id) as what
      from hold_items i join variants p on p.id = variant_id
      where not exists (select from holds where order_id = i.order_id)
        or not exists (
          select from stock_levels l where l.variant_id = i.variant_id and l.location_id = i.location_id)`),
    inCatalog(`
      select order_id as id, 'units of a hold that was refused' as what
      from holds where state = 'REFUSED' and exists (
        select from hold_items i where i.order_id = holds.order_id)`),
  ],
  order: ({ order, hold }) =>
    whereTrue(
      [!order && hold !== undefined, 'units are held for an order that is not there'],
      [
        CALLED_OFF.includes(order?.status ?? '') && hold?.state === 'CONSUMED',
        `its units have left although it is ${order?.status}`,
      ],
      [
        order !== undefined && isAtRest(order) && order.shipped !== (hold?.consumed ?? '0'),
        'other units have left than were shipped in its parcels',
      ],
    ),
  refund: ({ asked, takenIn, restocked }) =>
    whereTrue(
      [
        restocked !== undefined && !asked?.restock && !takenIn,
        'goods came back that no refund and no return gave back',
      ],
      [
        takenIn !== undefined && restocked !== undefined && restocked.units !== takenIn.units,
        `${restocked?.units} units came back of the ${takenIn?.units} of a return`,
      ],
      [takenIn?.restocked === true && !restocked, 'goods of a return did not come back to stock'],
      [
        restocked !== undefined && asked?.restock === true && restocked.units !== asked.units,
        `${restocked?.units} units came back of ${asked?.units}`,
      ],
      [
        asked?.status === 'REFUNDED' && asked.restock && asked.units > 0 && !restocked,
        'its goods did not come back to stock',
      ],
    ),
};
