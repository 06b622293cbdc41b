import { checkOrder, HISTORIES, type OrderWithHistory } from '@waybill/deploy/order-histories.js';
import { inOrders, type Rule, type Violation } from '../rule.js';
import type { Snapshots } from '../snapshots.js';

export const seq: Rule = {
  number: 8,
  title: 'the history of an order has no gaps, is unchanged and tells the order',
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
  through: faultyHistories,
};

/** Orders whose histories are read at once. */
const CHUNK = 500;

/** Each history is chained by hashes and tells its order anew, which takes more than a statement. */
async function* faultyHistories({ query }: Snapshots): AsyncGenerator<Violation> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const orders = await query<OrderWithHistory>('orders', HISTORIES, [after, CHUNK]);
    for (const order of orders) {
      const fault = checkOrder(order);
      if (fault) yield { id: order.id, what: fault.message };
    }
    const last = orders.at(-1);
    if (!last) return;
    after = last.id;
  }
}
