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
      select o.id, format('its total is %s, it was %s when payment was asked for', o.total, e.data ->> 'amount') as what
      from orders o join order_events e on e.order_id = o.id and e.type in ('reserved', 'payment_requested')
      where (e.data ->> 'amount')::bigint <> o.total`),
  ],
};
