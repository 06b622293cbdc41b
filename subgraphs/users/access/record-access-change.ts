import type { Query } from '@waybill/kernel/database.js';
import type { AccessChange } from '@waybill/schema/access.js';

/** The channel on which PostgreSQL tells of changes, each as JSON, when they are committed. */
export const ACCESS_CHANNEL = 'access_changes';

/**
 * Records that sessions ended, accounts closed, roles changed or keys were withdrawn, as part of the transaction that
 * `query` belongs to. As soon as that is committed all gateways are told.
 */
export async function recordAccessChange(query: Query, ...changes: AccessChange[]): Promise<void> {
  if (changes.length === 0) return;
  await query(
    'access.record',
    `with recorded as (
       insert into access_changes (change) select each from jsonb_array_elements($1::jsonb) each
       returning seq, change
     ) select pg_notify($2, json_build_object('seq', seq, 'change', change)::text) from recorded order by seq`,
    [JSON.stringify(changes), ACCESS_CHANNEL],
  );
}
