import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { moveUnits } from './move-units.js';

type ConsumeStock = Commands['catalog']['consumeStock'];

/** Committed units leave the building: fewer on hand, fewer reserved, what is available stays as it is. */
export async function consumeStock(
  db: Pick<Database, 'transaction'>,
  inputs: Array<ConsumeStock['input']>,
): Promise<Array<ConsumeStock['output']>> {
  const requests = inputs.map(({ shipmentId, ...input }) => ({ key: shipmentId, ...input }));
  const consumed = await moveUnits(db, 'CONSUMED', requests, mayShip);
  return inputs.map(({ shipmentId }) => ({
    outcome: consumed.has(shipmentId) ? 'CONSUMED' : 'NOT_COMMITTED',
  }));
}

/** Units of a hold that has ended cannot be shipped, yet a shipment without goods can. */
function mayShip(state: string): boolean {
  return ['COMMITTED', 'CONSUMED', 'RELEASED'].includes(state);
}
