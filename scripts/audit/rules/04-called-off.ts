import { CALLED_OFF, oneOf } from '../order-facts.js';
import { inOrders, type Rule, whereTrue } from '../rule.js';

export const calledOff: Rule = {
  number: 4,
  title: 'what was called off keeps nothing',
  things: 'orders called off',
  count: inOrders(`select count(*) as checked from orders where status in ${oneOf(CALLED_OFF)}`),
  within: [
    inOrders(`
      select id, format('%s, with %s of %s refunded', status, refunded, captured) as what
      from orders where status in ${oneOf(CALLED_OFF)} and refunded <> captured`),
  ],
  order({ order, payments, hold }) {
    if (!order || !CALLED_OFF.includes(order.status)) return [];
    const { captured = 0, refunded = 0, open = 0, atProvider = null } = payments ?? {};
    const state = hold?.state ?? '';
    return whereTrue(
      [captured !== refunded, `${order.status}, with ${captured - refunded} still paid`],
      [open > 0, `${order.status}, with a payment still open`],
      [atProvider !== null, `${order.status}, while the provider has a charge ${atProvider}`],
      [['HELD', 'COMMITTED'].includes(state), `${order.status}, while its units are ${state}`],
    );
  },
};
