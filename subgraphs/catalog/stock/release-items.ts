import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { moveUnits } from './move-units.js';

type ReleaseItems = Commands['catalog']['releaseItems'];

/** Some units of an order are no longer wanted: they go back to available, held or committed. */
export async function releaseItems(
  db: Pick<Database, 'transaction'>,
  inputs: Array<ReleaseItems['input']>,
): Promise<Array<ReleaseItems['output']>> {
  const requests = inputs.map(({ releaseId, ...input }) => ({ key: releaseId, ...input }));
  // No state is asked for: a hold that has ended has no active units to give.
  const released = await moveUnits(db, 'RELEASED', requests, () => true);
  return inputs.map(({ releaseId }) => ({
    outcome: released.has(releaseId) ? 'RELEASED' : 'NOT_HELD',
  }));
}
