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
        select coalesce(sum(amount), 0) as amount
        from jsonb_to_recordset(o.payments) as p (amount bigint, state text) where state <> 'DECLINED') p
      where o.status in ('AUTHORIZED', 'CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED')
        and p.amount <> o.total`),
  ],
};
