import type { Database } from '@waybill/kernel/database.js';

const BEHIND = `
  select (select count(*)::int from set_aside_orders) as "setAside", coalesce(extract(epoch from now() - (
    select queued_at from unprojected order by position limit 1))::float8, 0) as "behindSeconds"`;

/** How far the read models are behind, and how many orders were set aside since a projection fails for them. */
export async function describeProjections(
  db: Pick<Database, 'query'>,
): Promise<{ behindSeconds: number; setAside: number }> {
  const [row] = await db.query<{ behindSeconds: number; setAside: number }>(
    'projections.behind',
    BEHIND,
  );
  return row ?? { behindSeconds: 0, setAside: 0 };
}
