import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { endHolds } from './holds.js';

type ExpireHolds = Commands['catalog']['expireHolds'];

/**
 * Ends holds that outlived their expiry by the clock of the database. Committed holds do not expire. A hold that
 * another process is just working on is passed over; the next call finds it.
 */
export async function expireHolds(
  db: Pick<Database, 'transaction'>,
  inputs: Array<ExpireHolds['input']>,
): Promise<Array<ExpireHolds['output']>> {
  const limit = inputs.reduce((sum, input) => sum + input.limit, 0);
  let expired = await db.transaction(async (query) => {
    const rows = await query<{ order_id: string }>(
      'expire.find',
      `select order_id from holds where state = 'HELD' and expires_at <= now()
       order by expires_at limit $1 for no key update skip locked`,
      [limit],
    );
    await endHolds(
      query,
      rows.map((row) => row.order_id),
      'EXPIRED',
    );
    return rows.length;
  });
  return inputs.map((input) => {
    const share = Math.min(input.limit, expired);
    expired -= share;
    return { expired: share };
  });
}
