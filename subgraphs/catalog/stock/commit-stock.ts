import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';

type CommitStock = Commands['catalog']['commitStock'];

/**
 * Makes holds permanent until they are consumed or released. The units stay where they are, so products are not
 * touched and one statement does for the whole batch.
 */
export async function commitStock(
  db: Pick<Database, 'query'>,
  inputs: Array<CommitStock['input']>,
): Promise<Array<CommitStock['output']>> {
  const rows = await db.query<{ order_id: string }>(
    'commit.holds',
    `with hold as (
       select order_id, state, state = 'HELD' and expires_at > now() as alive from holds
       where order_id = any($1::uuid[]) order by order_id for no key update
     ), committed as (
       update holds set state = 'COMMITTED'
       from hold where holds.order_id = hold.order_id and hold.alive
       returning holds.order_id
     )
     select order_id from committed
     union all
     select order_id from hold where state in ('COMMITTED', 'CONSUMED')`,
    [inputs.map((input) => input.orderId)],
  );
  const committed = new Set(rows.map((row) => row.order_id));
  return inputs.map(({ orderId }) => ({
    outcome: committed.has(orderId) ? 'COMMITTED' : 'NOT_HELD',
  }));
}
