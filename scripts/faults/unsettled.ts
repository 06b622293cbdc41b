import pg from 'pg';

/** An order that still moves, or ought to. */
export interface Unsettled {
  id: string;
  status: string;
  attention: string | null;
}

/** A card that refuses refunds: an order paid by it that is called off waits for staff, as it should. */
export const REFUSES_REFUNDS = 'pm_card_refund_fails';

/**
 * Neither ended nor waiting for somebody: a customer whose card was declined, or staff who may ship. Nothing but a
 * refused refund should need their attention.
 */
const UNSETTLED = `
  select id, status, needs_attention as attention from orders o
  where not (status = 'CANCELLING' and needs_attention is not null and payment_method = '${REFUSES_REFUNDS}') and (
    needs_attention is not null
    or status in ('PENDING', 'VALIDATED', 'AUTHORIZED', 'CANCELLING')
    or (status = 'RESERVED' and declined_attempt < payment_attempt)
    or exists (select from refunds r where r.order_id = o.id and r.status = 'PENDING')
    or exists (select from line_cancellations c where c.order_id = o.id and c.status = 'PENDING')
    or exists (select from fulfillments f where f.order_id = o.id and f.status in ('SHIPPING', 'ON_HOLD')))
  order by id`;

export async function unsettledOrders(ordersUrl: string): Promise<Unsettled[]> {
  const client = new pg.Client(ordersUrl);
  await client.connect();
  try {
    return (await client.query<Unsettled>(UNSETTLED)).rows;
  } finally {
    await client.end();
  }
}
