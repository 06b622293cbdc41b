import { inCatalog, type Rule } from '../rule.js';

export const heldUnits: Rule = {
  number: 1,
  title: 'units held are within what is on hand',
  things: 'products',
  count: inCatalog('select count(*) as checked from variants'),
  within: [
    inCatalog(`
      select p.sku as id, format('%s on hand, %s reserved, %s held', on_hand, reserved, held) as what
      from variants p left join (
        select variant_id, sum(quantity - consumed - released) as units from holds join hold_items using (order_id)
        where state in ('HELD', 'COMMITTED') group by 1) i on i.variant_id = p.id,
        lateral (select coalesce(i.units, 0) as held) h
      where reserved <> held or held > on_hand`),
  ],
};
