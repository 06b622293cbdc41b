import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';

type ExtendHold = Commands['catalog']['extendHold'];

/**
 * Lets holds live longer while their orders are being paid, by the clock of the database. A committed hold lives as
 * long as it is wanted, so nothing changes about it. Products are not touched: one statement does for the batch.
 */
export async function extendHold(
  db: Pick<Database, 'query'>,
  inputs: Array<ExtendHold['input']>,
): Promise<Array<ExtendHold['output']>> {
  const rows = await db.query<{ order_id: string; expires_at: string }>(
    'extend.holds',
    `with hold as (
       select order_id, state, created_at, expires_at,
              state = 'HELD' and expires_at > now() as alive
       from holds where order_id = any($1::uuid[]) order by order_id for no key update
     ), wanted as (
       select order_id, max(least(now() + make_interval(secs => ttl),
                                  created_at + make_interval(secs => longest))) as until
       from unnest($1::uuid[], $2::float8[], $3::float8[]) as request (order_id, ttl, longest)
       join hold using (order_id) where alive group by 1
     ), extended as (
       update holds set expires_at = greatest(expires_at, until)
       from wanted where holds.order_id = wanted.order_id
       returning holds.order_id, expires_at
     )
     select order_id, expires_at from extended
     union all
     select order_id, expires_at from hold where state = 'COMMITTED'`,
    [
      inputs.map((input) => input.orderId),
      inputs.map((input) => input.ttlSeconds),
      inputs.map((input) => input.maxSeconds),
    ],
  );
  const expiries = new Map(rows.map((row) => [row.order_id, row.expires_at]));
  return inputs.map(({ orderId }) => {
    const expiresAt = expiries.get(orderId);
    return expiresAt
      ? { outcome: 'EXTENDED', expiresAt: new Date(expiresAt).toISOString() }
      : { outcome: 'NOT_HELD' };
  });
}
