import type { Database, Query } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { endHolds, isActive, lockHolds } from './holds.js';

type ReleaseStock = Commands['catalog']['releaseStock'];

/**
 * Gives back what orders still hold, committed or not. An order that was cancelled before its reservation ran has no hold
 * yet: it gets a refused one, and the late reservation will find that and hold nothing.
 */
export async function releaseStock(
  db: Pick<Database, 'transaction'>,
  inputs: Array<ReleaseStock['input']>,
): Promise<Array<ReleaseStock['output']>> {
  const orderIds = [...new Set(inputs.map((input) => input.orderId))];
  const holds = await db.transaction(async (query) => {
    await refuseUnknown(query, orderIds);
    const found = await lockHolds(query, orderIds);
    await endHolds(
      query,
      orderIds.filter((id) => isActive(found.get(id))),
      'RELEASED',
    );
    return found;
  });
  return inputs.map(({ orderId }) => {
    const hold = holds.get(orderId);
    const released = isActive(hold) || hold?.state === 'RELEASED';
    return { outcome: released ? 'RELEASED' : 'NOTHING_HELD' };
  });
}

async function refuseUnknown(query: Query, orderIds: string[]): Promise<void> {
  await query(
    'release.refuse',
    `insert into holds (order_id, state, expires_at, ended_at)
     select order_id, 'REFUSED', now(), now() from unnest($1::uuid[]) as order_id
     order by order_id
     on conflict (order_id) do nothing`,
    [orderIds],
  );
}
