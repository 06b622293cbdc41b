import { isAtRest, oneOf, SETTLED } from '../order-facts.js';
import { inOrders, type Rule, whereTrue } from '../rule.js';

const SHIPPED = ['SHIPPED', 'DELIVERED'];

export const confirmed: Rule = {
  number: 5,
  title: 'what is confirmed is paid as agreed and has its units',
  things: 'orders confirmed',
  count: inOrders(`select count(*) as checked from orders where status in ${oneOf(SETTLED)}`),
  within: [
    inOrders(`
      select id, format('%s, with %s of %s paid', status, captured, total) as what
      from orders where status in ${oneOf(SETTLED)} and capture_on = 'CONFIRMATION'
        and (captured < total or (version = 1 and captured <> total))`),
    inOrders(`
      select id, format('%s, with %s of %s authorized', status, authorized, total) as what
      from orders where status in ${oneOf(SETTLED)} and capture_on = 'SHIPMENT' and authorized < total
        and not payments @> '[{"state": "ENDED"}]'`),
    inOrders(`
      select o.id, format('%s, with %s of %s paid', status, captured, due) as what
      from orders o, lateral (
        select o.total - coalesce(sum(cancelled_quantity * unit_price), 0) as due
        from order_lines where order_id = o.id) d
      where status in ${oneOf(SETTLED)} and capture_on = 'SHIPMENT'
        and (captured > o.total or status in ${oneOf(SHIPPED)} and captured < due)`),
  ],
  order({ order, payments, hold }) {
    if (!order || !SETTLED.includes(order.status)) return [];
    const captured = payments?.captured ?? 0;
    const taken = order.captureOn === 'CONFIRMATION' ? order.total : order.captured;
    const { authorized } = order;
    const usable = payments?.usable ?? 0;
    const held = SHIPPED.includes(order.status) ? ['CONSUMED'] : ['COMMITTED', 'CONSUMED'];
    return whereTrue(
      [
        isAtRest(order) && captured < taken,
        `${order.status}, with ${captured} of ${taken} captured`,
      ],
      [
        isAtRest(order) && order.awaitsShipment && usable < authorized,
        `${order.status}, and counts on ${authorized} authorized, of which its payments have ${usable}`,
      ],
      [
        !held.includes(hold?.state ?? ''),
        `${order.status}, while its units are ${hold?.state ?? 'not held'}`,
      ],
      [
        isAtRest(order) && (hold?.units ?? '0') !== order.units,
        `${order.status}, with other units than were ordered`,
      ],
    );
  },
};
