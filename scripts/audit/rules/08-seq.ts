import { inOrders, type Rule } from '../rule.js';

export const seq: Rule = {
  number: 8,
  title: 'the history of an order has no gaps',
  things: 'orders',
  count: inOrders('select count(*) as checked from orders'),
  within: [
    inOrders(`
      select o.id, format('its last seq is %s, but it has %s events, from %s to %s', o.seq,
        coalesce(e.events, 0), coalesce(first, 0), coalesce(last, 0)) as what
      from orders o left join (
        select order_id, count(*) as events, min(seq) as first, max(seq) as last
        from order_events group by 1) e on e.order_id = o.id
      where (o.seq, o.seq, 1) is distinct from (events, last, first)`),
    inOrders(`
      select id, format('%s events have this id', count(*)) as what
      from order_events group by 1 having count(*) > 1`),
  ],
};
