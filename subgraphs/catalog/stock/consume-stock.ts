import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { moveUnits } from './move-units.js';
import type { UnitsRequest } from './withdraw.js';

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

/** An ended hold has no units to give, yet a shipment may hold no goods at all. */
function mayShip({ items }: UnitsRequest, state: string): boolean {
  return ['COMMITTED', 'CONSUMED'].includes(state) || (state === 'RELEASED' && items !== undefined);
}
