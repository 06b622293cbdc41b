import { inOrders, type Rule } from '../rule.js';

export const prices: Rule = {
  number: 10,
  title: 'prices stay as they were placed',
  things: 'orders',
  count: inOrders('select count(*) as checked from orders'),
  within: [
    inOrders(`
      select o.id, format('its total is %s, its lines come to %s', o.total, coalesce(l.total, 0)) as what
      from orders o left join (
        select order_id, sum(quantity * unit_price) as total from order_lines group by 1) l on l.order_id = o.id
      where o.total <> coalesce(l.total, 0)`),
    inOrders(`
      select o.id, format('its total is %s, its payments come to %s', o.total, p.amount) as what
      from orders o, lateral (
        select coalesce(sum(amount), 0) as amount, coalesce(bool_or(state = 'ENDED'), false) as ended
        from jsonb_to_recordset(o.payments) as p (amount bigint, state text)
        where state in ('AUTHORIZED', 'ENDED')) p
      where o.status in ('AUTHORIZED', 'CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED')
        and (p.amount < o.total and not p.ended or (o.version = 1 and p.amount > o.total))`),
    inOrders(`
      select e.order_id as id, format('line %s costs %s, but in version %s it cost %s', l.line_number, l.unit_price,
        e.replaced ->> 'version', v."unitPrice") as what
      from order_edits e, jsonb_to_recordset(e.replaced -> 'lines') as v("lineNumber" int, "unitPrice" bigint)
        join order_lines l on l.line_number = v."lineNumber"
      where l.order_id = e.order_id and l.unit_price <> v."unitPrice"`),
    inOrders(`
      select o.id, format('it is at version %s, its edits lead to %s', o.version, e.version) as what
      from orders o, lateral (
        select 1 + count(*) as version from order_edits
        where order_id = o.id and replaced is not null) e
      where o.version <> e.version`),
  ],
};
