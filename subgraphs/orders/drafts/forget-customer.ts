import type { Query } from '@waybill/kernel/database.js';
import { changeWithin } from '../change-orders.js';
import { NOTHING } from '../decision.js';
import type { OrdersDependencies } from '../dependencies.js';
import { forgetTerms } from '../projections/order-terms.js';
import { closed, isOpen } from '../rules/draft.js';
import { deleteAll } from './delete-drafts.js';
import { forgetOpen } from './write-draft.js';

/**
 * Deletes all drafts of somebody who deleted their account; how many. Orders that were placed stay as they are, with what
 * they were placed with, but are no longer found by the person. Key: customerId.
 */
export async function forgetCustomer(
  { db, committed }: Pick<OrdersDependencies, 'db' | 'committed'>,
  { customerId }: { customerId: string },
): Promise<{ deleted: number }> {
  const deleted = await db.transaction(async (query) => {
    await closeDrafts(query, customerId);
    const ended = await query<{ id: string }>(
      'drafts.of-customer',
      `select id from orders
       where customer_id = $1 and status = 'EXPIRED' and placed_at = 'infinity' order by id for update`,
      [customerId],
    );
    const ids = ended.map(({ id }) => id);
    if (ids.length > 0) await deleteAll(query, ids);
    await forgetTerms(query, customerId);
    return ids.length;
  });
  committed();
  return { deleted };
}

async function closeDrafts(query: Query, customerId: string): Promise<void> {
  const open = await query<{ id: string }>(
    'drafts.open-of-customer',
    `select id from orders
     where customer_id = $1 and status = 'DRAFT' and placed_at = 'infinity' order by id`,
    [customerId],
  );
  if (open.length === 0) return;
  const changes = open.map(({ id }) => ({
    orderId: id,
    actor: `user:${customerId}`,
    decide: (order: Parameters<typeof closed>[0]) =>
      isOpen(order) ? closed(order, 'DISCARDED') : NOTHING,
  }));
  const results = await changeWithin(query, changes);
  await forgetOpen(
    query,
    results.flatMap((result) => (result?.applied ? [result.order.id] : [])),
  );
}
