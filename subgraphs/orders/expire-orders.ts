import { decide } from './decide.js';
import type { OrdersDependencies } from './dependencies.js';

/** Starts the cancellation of orders whose hold has run out by the database's clock; answers how many. */
export async function expireOrders(
  { db, changeOrder }: Pick<OrdersDependencies, 'db' | 'changeOrder'>,
  limit: number,
): Promise<{ expired: number }> {
  const due = await db.query<{ id: string }>(
    'orders.due',
    `select id from orders where status in ('RESERVED', 'AUTHORIZED') and expires_at <= now()
     order by expires_at limit $1`,
    [limit],
  );
  const results = await Promise.all(
    due.map(({ id }) =>
      changeOrder({
        orderId: id,
        actor: 'service:clock',
        decide: (order) => decide(order, { type: 'expire' }),
      }),
    ),
  );
  return { expired: results.filter((result) => result?.applied).length };
}
