import { inCatalog, inOrders, inPayments, inUsers, type Rule, whereTrue } from '../rule.js';

/** A key is written with its effect and the answer, so a key without one had no effect, or half of it. */
const UNANSWERED = `
  select key as id, format('%s of %s has a key without an answer', mutation, owner) as what
  from idempotency_keys where answer is null`;

export const oneEffect: Rule = {
  number: 9,
  title: 'one idempotency key, one effect',
  things: 'keys',
  count: inOrders(`
    select (select count(*) from orders) + (select count(*) from refunds)
      + (select count(*) from idempotency_keys) as checked`),
  within: [
    ...[inOrders, inCatalog, inUsers].map((inContext) => inContext(UNANSWERED)),
    inOrders(`
      select min(id::text) as id, format('%s orders of %s have the key %s', count(*), placed_by, idempotency_key) as what
      from orders where placed_by is not null group by placed_by, idempotency_key having count(*) > 1`),
    inOrders(`
      select min(id::text) as id, format('%s refunds by %s have the key %s', count(*), requested_by, idempotency_key) as what
      from refunds group by requested_by, idempotency_key having count(*) > 1`),
    inPayments(`
      select min(order_id::text) as id, format('%s payments are its attempt %s', count(*), attempt) as what
      from payments group by order_id, attempt having count(*) > 1`),
    inPayments(`
      select payment_id as id, format('%s captures have the key %s', count(*), capture_id) as what
      from captures group by payment_id, capture_id having count(*) > 1`),
    inPayments(`
      select refund_id as id, format('%s refunds of payment %s have this key', count(*), payment_id) as what
      from refunds group by refund_id, payment_id having count(*) > 1`),
  ],
  order: ({ order, payments }) =>
    whereTrue([
      order !== undefined && (payments?.captured ?? 0) > order.payable,
      `${payments?.captured} was captured, of ${order?.payable} to pay`,
    ]),
};
