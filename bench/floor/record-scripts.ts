import type { DatabaseUrls } from '@waybill/deploy/databases.js';
import type { Placement } from '@waybill/orders/place-order.js';
import type { PaymentProvider } from '@waybill/payments/providers/provider.js';
import { openSimulator } from '@waybill/payments/providers/simulator.js';
import { chunks } from '@waybill/scripts/command-line/figures.js';
import { eachAtOnce } from '@waybill/scripts/command-line/slots.js';
import { closePools, openPools, type Pools } from './connections.js';
import { openSettling } from './settle-order.js';
import { bareDatabase, recordingDatabase, type Unit } from './statements.js';

/** Everything that is sent to the databases, in order, to settle so many orders together. */
export interface Script {
  orders: number;
  units: Unit[];
}

/**
 * Settles orders, `batch` at a time and so many batches at once, and writes down the statements. They hold ids and no
 * results, so they can be sent again to copies of the databases as these were before.
 */
export async function recordScripts(
  urls: DatabaseUrls,
  placements: readonly Placement[],
  batch: number,
  connections: number,
): Promise<Script[]> {
  const pools = openPools(urls, connections);
  const provider = await openSimulator(bareDatabase(pools.payments));
  const scripts: Script[] = [];
  try {
    await eachAtOnce(chunks(placements, batch), connections, async (together) => {
      scripts.push(await record(pools, provider, together));
    });
  } finally {
    await provider.close?.();
    await closePools(pools);
  }
  return scripts;
}

async function record(pools: Pools, provider: PaymentProvider, placements: Placement[]) {
  const units: Unit[] = [];
  const recording = (name: keyof Pools) =>
    recordingDatabase(name, pools[name], (unit) => units.push(unit));
  const settle = openSettling(
    {
      users: recording('users'),
      catalog: recording('catalog'),
      orders: recording('orders'),
      payments: recording('payments'),
    },
    provider,
  );
  await Promise.all(placements.map(settle));
  return { orders: placements.length, units };
}
