import { inOrders, type Rule, whereTrue } from '../rule.js';

const ENDED = `('DELIVERED', 'CANCELLED', 'FAILED', 'EXPIRED')`;

/** What a job moves on; RESERVED too, unless its customer was asked for another card. */
const MOVING = ['PENDING', 'VALIDATED', 'RESERVED', 'AUTHORIZED', 'CANCELLING'];
const TIMED = ['RESERVED', 'AUTHORIZED'];

/** The outbox is emptied every second: an event that stays longer is not on its way any more. */
const SENT_WITHIN_SECONDS = 10;

/**
 * An order that a job should move on, that has not moved for longer than the reconciler takes to notice, and that no
 * one will: there is no job, no clock of the provider's, and nobody was told. Jobs are looked up by whoever asks.
 */
export const nothingWaits: Rule = {
  number: 11,
  title: 'no order waits for nothing',
  things: 'orders not ended',
  count: inOrders(`select count(*) as checked from orders where status not in ${ENDED}`),
  within: [
    inOrders(`
      select id, 'DRAFT, and no clock will ever end it' as what from orders o
      where status = 'DRAFT' and not exists (select from drafts where order_id = o.id)`),
    inOrders(`
      select o.id, format('%s, and still kept as an open draft', o.status) as what
      from drafts d join orders o on o.id = d.order_id where o.status <> 'DRAFT'`),
  ],
  order({ order, payments }, { graceSeconds }) {
    if (!order || order.attended) return [];
    const { status, stillSeconds, overdueSeconds, sending, openWork } = order;
    const since = `for ${Math.round(stillSeconds)} s, and no job of it is waiting`;
    const lost = stillSeconds > graceSeconds && !(sending && stillSeconds < SENT_WITHIN_SECONDS);
    const timer = payments?.checkInSeconds ?? null;
    const asked = timer !== null && timer > -graceSeconds - 1;
    const waits = MOVING.includes(status) && !order.awaitsCustomer;
    return whereTrue(
      [lost && waits && !(status === 'RESERVED' && asked), `${status} ${since}`],
      [
        lost && openWork > 0,
        `a refund, capture, shipment or cancelled line of it is asked for ${since}`,
      ],
      [
        TIMED.includes(status) && overdueSeconds !== null && overdueSeconds > graceSeconds + 2,
        `${status}, although its time ran out ${Math.round(overdueSeconds ?? 0)} s ago`,
      ],
    );
  },
};
