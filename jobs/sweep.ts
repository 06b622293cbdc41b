import type { CommandClients } from './workers.js';

/** Things that become due together are worked off over several sweeps. */
const LIMIT = 500;

/** What is due by the clock of each database: holds and orders that expire, payments that settle late. */
export async function sweep({ catalog, orders, payments }: CommandClients): Promise<void> {
  await Promise.all([
    orders.expireOrders({ limit: LIMIT }),
    catalog.expireHolds({ limit: LIMIT }),
    payments.checkPendingPayments({ limit: LIMIT }),
  ]);
}
