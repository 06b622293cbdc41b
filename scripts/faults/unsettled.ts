import pg from 'pg';

/** An order that still moves, or ought to. */
export interface Unsettled {
  id: string;
  status: string;
  attention: string | null;
}

/**
 * Neither ended nor waiting for somebody: a customer whose card was declined, or staff who may ship. Nothing that is
 * done in a run should need their attention.
 */
const UNSETTLED = `
  select id, status, needs_attention as attention from orders o
  where needs_attention is not null
    or status in ('PENDING', 'VALIDATED', 'AUTHORIZED', 'CANCELLING')
    or (status = 'RESERVED' and payments @> '[{"state": "DUE"}]')
    or exists (select from refunds r where r.order_id = o.id and r.status = 'PENDING')
    or exists (select from line_cancellations c where c.order_id = o.id and c.status = 'PENDING')
    or exists (select from returns t where t.order_id = o.id and t.restocking = 'PENDING')
    or exists (select from fulfillments f where f.order_id = o.id and f.status in ('SHIPPING', 'ON_HOLD'))
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
