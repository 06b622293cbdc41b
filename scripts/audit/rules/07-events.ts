import { inOrders, type Rule } from '../rule.js';

/** Every move of the order axis, as docs/order-lifecycle.md has them; the first status has none before it. */
const MOVES: Record<string, readonly string[]> = {
  '': ['DRAFT', 'PENDING'],
  DRAFT: ['PENDING', 'EXPIRED'],
  PENDING: ['VALIDATED', 'FAILED', 'CANCELLING'],
  VALIDATED: ['RESERVED', 'FAILED', 'CANCELLING'],
  RESERVED: ['AUTHORIZED', 'CANCELLING'],
  AUTHORIZED: ['CONFIRMED', 'CANCELLING'],
  CONFIRMED: ['PROCESSING', 'CANCELLING'],
  PROCESSING: ['PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLING'],
  PARTIALLY_SHIPPED: ['SHIPPED'],
  SHIPPED: ['DELIVERED'],
  CANCELLING: ['CANCELLED', 'FAILED', 'EXPIRED'],
};

const ALLOWED = Object.entries(MOVES).flatMap(([from, all]) =>
  all.map((to) => `('${from}', '${to}')`),
);

/**
 * The outbox row of an event that has left is gone. What is there must tell of an event; an order whose event got lost
 * on its way is found by rule 11.
 */
export const events: Rule = {
  number: 7,
  title: 'every move has its event',
  things: 'events',
  count: inOrders('select count(*) as checked from order_events'),
  within: [
    inOrders(`
      select o.id, format('it is %s, its last event left it %s', o.status, coalesce(e.to_status, 'nowhere')) as what
      from orders o left join order_events e on e.order_id = o.id and e.seq = o.seq
      where e.to_status is distinct from o.status`),
    inOrders(`
      select order_id as id, format('event %s begins at %s, the one before ended at %s',
        seq, coalesce(from_status, 'nothing'), coalesce(before, 'nothing')) as what
      from (
        select order_id, seq, from_status, lag(to_status) over (partition by order_id order by seq) as before
        from order_events) e
      where from_status is distinct from before`),
    inOrders(`
      select order_id as id, format('event %s goes from %s to %s', seq, coalesce(from_status, 'nothing'), to_status) as what
      from order_events
      where from_status is distinct from to_status
        and (coalesce(from_status, ''), to_status) not in (${ALLOWED})`),
    inOrders(`
      select order_id as id, format('event %s was caused by nobody', seq) as what
      from order_events where actor !~ '^\\w+:.'`),
    inOrders(`
      select w.subject as id, format('the outbox tells of %s, which is no event of it', w.type) as what
      from outbox w
      where not exists (
        select from order_events e
        where e.order_id = w.subject and e.id = w.id and 'order.' || e.type = w.type)`),
  ],
};
