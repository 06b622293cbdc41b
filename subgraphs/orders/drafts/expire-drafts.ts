import { changeWithin } from '../change-orders.js';
import { NOTHING } from '../decision.js';
import type { OrdersDependencies } from '../dependencies.js';
import type { OrderState } from '../order.js';
import { closed } from '../rules/draft.js';
import { forgetEnded } from './write-draft.js';

/** Ends drafts that nobody has touched for `ttlSeconds` by the database's clock, the oldest first; how many. */
export async function expireDrafts(
  { db, committed }: Pick<OrdersDependencies, 'db' | 'committed'>,
  { ttlSeconds, limit }: { ttlSeconds: number; limit: number },
): Promise<{ expired: number }> {
  const expired = await db.transaction(async (query) => {
    const due = await query<{ id: string; seq: number }>(
      'drafts.due',
      `select o.id, o.seq from drafts d join orders o on o.id = d.order_id
       where d.touched_at <= now() - make_interval(secs => $1) order by d.touched_at limit $2`,
      [ttlSeconds, limit],
    );
    const changes = due.map(({ id, seq }) => ({
      orderId: id,
      actor: 'service:clock',
      // Whatever touched it since then has left an event.
      decide: (order: OrderState) => (order.seq === seq ? closed(order, 'DRAFT_EXPIRED') : NOTHING),
    }));
    const results = await changeWithin(query, changes);
    const ended = results.flatMap((result) => (result?.applied ? [result.order.id] : []));
    await forgetEnded(query, ended);
    return ended.length;
  });
  committed();
  return { expired };
}
