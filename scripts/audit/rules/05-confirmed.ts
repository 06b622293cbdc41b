import { isAtRest, oneOf, SETTLED } from '../order-facts.js';
import { inOrders, type Rule, whereTrue } from '../rule.js';

const SHIPPED = ['SHIPPED', 'DELIVERED'];

export const confirmed: Rule = {
  number: 5,
  title: 'what is confirmed is paid and has its units',
  things: 'orders confirmed',
  count: inOrders(`select count(*) as checked from orders where status in ${oneOf(SETTLED)}`),
  within: [
    inOrders(`
      select id, format('%s, with %s of %s paid', status, captured, total) as what
      from orders where status in ${oneOf(SETTLED)} and captured <> total`),
  ],
  order({ order, payments, hold }) {
    if (!order || !SETTLED.includes(order.status)) return [];
    const captured = payments?.captured ?? 0;
    const held = SHIPPED.includes(order.status) ? ['CONSUMED'] : ['COMMITTED', 'CONSUMED'];
    return whereTrue(
      [captured !== order.total, `${order.status}, with ${captured} of ${order.total} captured`],
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
