import { inOrders, inPayments, type Rule, whereTrue } from '../rule.js';

export const oneEffect: Rule = {
  number: 9,
  title: 'one idempotency key, one effect',
  things: 'keys',
  count: inOrders(`
    select (select count(*) from orders) + (select count(*) from refunds) as checked`),
  within: [
    inOrders(`
      select min(id::text) as id, format('%s orders of %s have the key %s', count(*), placed_by, idempotency_key) as what
      from orders group by placed_by, idempotency_key having count(*) > 1`),
    inOrders(`
      select min(id::text) as id, format('%s refunds by %s have the key %s', count(*), requested_by, idempotency_key) as what
      from refunds group by requested_by, idempotency_key having count(*) > 1`),
    inPayments(`
      select min(order_id::text) as id, format('%s payments are its attempt %s', count(*), attempt) as what
      from payments group by order_id, attempt having count(*) > 1`),
  ],
  order: ({ order, payments }) =>
    whereTrue([
      order !== undefined && (payments?.captured ?? 0) > order.total,
      `${payments?.captured} was captured for a total of ${order?.total}`,
    ]),
};
