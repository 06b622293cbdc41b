import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { moveUnits } from './move-units.js';

type ReleaseItems = Commands['catalog']['releaseItems'];

/** Some units of an order are no longer wanted: they go back to available, held or committed. */
export async function releaseItems(
  db: Pick<Database, 'query' | 'transaction'>,
  inputs: Array<ReleaseItems['input']>,
): Promise<Array<ReleaseItems['output']>> {
  const requests = inputs.map(({ releaseId, ...input }) => ({ key: releaseId, ...input }));
  // No state is asked for: a hold that has ended has no active units to give.
  const released = await moveUnits(db, 'RELEASED', requests, () => true);
  const others = inputs.filter(({ releaseId }) => !released.has(releaseId));
  const ended = await givenBack(db, others);
  return inputs.map(({ releaseId, orderId }) => {
    if (released.has(releaseId)) return { outcome: 'RELEASED' };
    return { outcome: ended.has(orderId) ? 'ENDED' : 'NOT_HELD' };
  });
}

/** The orders whose holds have ended with all that they still had given back. */
async function givenBack(
  { query }: Pick<Database, 'query'>,
  inputs: ReadonlyArray<{ orderId: string }>,
): Promise<Set<string>> {
  if (inputs.length === 0) return new Set();
  const rows = await query<{ orderId: string }>(
    'release.ended',
    `select order_id as "orderId" from holds
     where order_id = any($1::uuid[]) and state in ('RELEASED', 'EXPIRED')`,
    [inputs.map(({ orderId }) => orderId)],
  );
  return new Set(rows.map(({ orderId }) => orderId));
}
