import { inCatalog, type Rule } from '../rule.js';

export const heldUnits: Rule = {
  number: 1,
  title: 'units held are within what is on hand',
  things: 'stock levels',
  count: inCatalog('select count(*) as checked from stock_levels'),
  within: [
    inCatalog(`
      select v.sku as id, format('%s on hand, %s reserved, %s held', on_hand, reserved, held) as what
      from stock_levels l join variants v on v.id = l.variant_id left join (
        select variant_id, location_id, sum(quantity - consumed - released - backordered) as units
        from holds join hold_items using (order_id)
        where state in ('HELD', 'COMMITTED') group by 1, 2) i using (variant_id, location_id),
        lateral (select coalesce(i.units, 0) as held) h
      where reserved <> held or held > on_hand`),
    inCatalog(`
      select p.sku as id, format('%s units are promised and %s waited for', l.backordered, waiting) as what
      from stock_levels l join variants p on p.id = l.variant_id left join (
        select variant_id, location_id, sum(backordered) as units from holds join hold_items using (order_id)
        where state in ('HELD', 'COMMITTED') group by 1, 2) i using (variant_id, location_id),
        lateral (select coalesce(i.units, 0) as waiting) h
      where l.backordered <> waiting`),
  ],
};
