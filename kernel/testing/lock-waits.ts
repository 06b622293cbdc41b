import type { Query } from '../database.js';

/** How many statements of this database wait for a lock now. */
export async function lockWaits(query: Query): Promise<number> {
  const [row] = await query<{ count: number }>(
    'test.waits',
    `select count(*)::integer from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return row?.count ?? 0;
}
