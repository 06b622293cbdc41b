import type { Query } from '@waybill/kernel/database.js';
import type { OrdersDependencies } from '../dependencies.js';

const DUE = `
  select o.id from ended_drafts e join orders o on o.id = e.order_id
  where e.ended_at <= now() - make_interval(secs => $1)
  order by e.ended_at limit $2 for update of o skip locked`;

/** All that refers to a draft. The history lets go of its events as long as the row says what it was. */
const PARTS = [
  'delete from ended_drafts where order_id = any($1)',
  'delete from order_events where order_id = any($1)',
  'delete from order_lines where order_id = any($1)',
  'delete from guest_tokens where order_id = any($1) or merged_into = any($1)',
];

/**
 * Deletes drafts that ended `olderThanSeconds` ago by the database's clock, the oldest first, with their lines, history
 * and tokens; how many. What was placed is never deleted.
 */
export async function deleteDrafts(
  { db }: Pick<OrdersDependencies, 'db'>,
  { olderThanSeconds, limit }: { olderThanSeconds: number; limit: number },
): Promise<{ deleted: number }> {
  return db.transaction(async (query) => {
    const due = await query<{ id: string }>('drafts.to-delete', DUE, [olderThanSeconds, limit]);
    const ids = due.map(({ id }) => id);
    if (ids.length > 0) await deleteAll(query, ids);
    return { deleted: ids.length };
  });
}

/** Drafts that have ended go, with all that belongs to them. */
export async function deleteAll(query: Query, ids: string[]): Promise<void> {
  for (const [i, text] of PARTS.entries()) await query(`drafts.delete-parts-${i}`, text, [ids]);
  await query('drafts.delete', 'delete from orders where id = any($1)', [ids]);
}
