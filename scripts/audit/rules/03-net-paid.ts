import { CALLED_OFF, isAtRest, SETTLED } from '../order-facts.js';
import { inOrders, inPayments, type Rule, whereTrue } from '../rule.js';

export const netPaid: Rule = {
  number: 3,
  title: 'net paid is captured less refunded',
  things: 'payments',
  count: inPayments('select count(*) as checked from payments'),
  within: [
    inPayments(`
      select id, format('%s refunded of %s captured of %s authorized of %s', refunded, captured, authorized, amount) as what
      from payments
      where not (0 <= refunded and refunded <= captured and captured <= authorized and authorized <= amount)`),
    inPayments(`
      select p.id, format('%s captured, its captures come to %s', captured, coalesce(c.amount, 0)) as what
      from payments p left join (
        select payment_id, sum(amount) as amount from captures
        where state = 'CAPTURED' group by 1) c on c.payment_id = p.id
      where captured <> coalesce(c.amount, 0)`),
    inPayments(`
      select p.id, format('%s refunded, its refunds come to %s', refunded, coalesce(r.amount, 0)) as what
      from payments p left join (
        select payment_id, sum(amount) as amount from refunds
        where state = 'REFUNDED' group by 1) r on r.payment_id = p.id
      where refunded <> coalesce(r.amount, 0)`),
    inPayments(`
      select transfer_id as id, format('the entries of this transfer come to %s', sum(amount)) as what
      from ledger_entries group by transfer_id having sum(amount) <> 0`),
    inPayments(`
      select coalesce(p.order_id, e.order_id) as id,
        format('%s captured and %s refunded, the books say %s and %s', coalesce(p.captured, 0),
          coalesce(p.refunded, 0), coalesce(e.captured, 0), coalesce(e.refunded, 0)) as what
      from (
        select order_id, sum(captured) as captured, sum(refunded) as refunded
        from payments group by 1) p
      full join (
        select order_id, coalesce(-sum(amount) filter (where account = 'CUSTOMER_PAYMENTS'), 0) as captured,
          coalesce(sum(amount) filter (where account = 'REFUNDS'), 0) as refunded,
          coalesce(sum(amount) filter (where account = 'PROVIDER_RECEIVABLE'), 0) as receivable
        from ledger_entries group by 1) e using (order_id)
      where coalesce(p.captured, 0) <> coalesce(e.captured, 0)
        or coalesce(p.refunded, 0) <> coalesce(e.refunded, 0)
        or coalesce(p.captured - p.refunded, 0) <> coalesce(e.receivable, 0)`),
    inOrders(`
      select id, format('its refund status is %s, with %s refunded of %s', refund_status, refunded, captured) as what
      from orders where refund_status <> case
        when refunded = 0 then 'NONE' when refunded = captured then 'REFUNDED' else 'PARTIALLY_REFUNDED' end`),
    inOrders(`
      select o.id, format('%s captured, its refunds come to %s', o.captured, r.amount) as what
      from orders o join (
        select order_id, sum(amount) as amount from refunds
        where status <> 'FAILED' group by 1) r on r.order_id = o.id
      where r.amount > o.captured`),
  ],
  order: ({ order, payments }) => {
    if (!order) return whereTrue([payments !== undefined, 'it has payments, but it is not there']);
    if (!isAtRest(order) || ![...CALLED_OFF, ...SETTLED].includes(order.status)) return [];
    const { captured, refunded } = payments ?? { captured: 0, refunded: 0 };
    return whereTrue(
      [order.captured !== captured, `${order.captured} captured, its payments say ${captured}`],
      [order.refunded !== refunded, `${order.refunded} refunded, its payments say ${refunded}`],
    );
  },
  refund: ({ asked, paidBack }) => {
    const returned = paidBack?.returned ?? 0;
    return whereTrue(
      [
        asked?.status === 'REFUNDED' && returned !== asked.amount,
        `${asked?.amount} refunded, of which the payments returned ${returned}`,
      ],
      [
        asked?.status === 'FAILED' && returned > 0,
        `it failed, but the payments returned ${returned}`,
      ],
    );
  },
};
