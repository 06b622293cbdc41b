import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { endHolds, lockHolds } from './end-holds.js';

type ConsumeStock = Commands['catalog']['consumeStock'];

/** Committed units leave the building: fewer on hand, fewer reserved, what is available stays as it is. */
export async function consumeStock(
  db: Pick<Database, 'transaction'>,
  inputs: Array<ConsumeStock['input']>,
): Promise<Array<ConsumeStock['output']>> {
  const orderIds = [...new Set(inputs.map((input) => input.orderId))];
  const states = await db.transaction(async (query) => {
    const found = await lockHolds(query, orderIds);
    await endHolds(
      query,
      orderIds.filter((id) => found.get(id) === 'COMMITTED'),
      'CONSUMED',
    );
    return found;
  });
  return inputs.map(({ orderId }) => {
    const state = states.get(orderId);
    const consumed = state === 'COMMITTED' || state === 'CONSUMED';
    return { outcome: consumed ? 'CONSUMED' : 'NOT_COMMITTED' };
  });
}
