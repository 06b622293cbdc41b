import { forgetPeople } from './forget-people.js';
import type { CommandClients } from './workers.js';

interface Times {
  draftTtlSeconds: number;
  draftRetentionSeconds: number;
  idempotencyHours: number;
  authorizationWarningHours: number;
}

/** Things that become due together are worked off over several sweeps. */
const LIMIT = 500;

/** Events of which read models are told at once, and how often in one sweep. */
const EVENTS = 1000;
const ROUNDS = 5;

/**
 * What is due by the clock of each database: backorders whose units came in, read models that are behind, holds, orders and drafts that expire, drafts that ended long ago,
 * payments that settle late, authorizations and sessions that end, changes of access that are past, and idempotency
 * keys that were kept for `idempotencyHours`.
 */
export async function sweep(
  { users, catalog, orders, payments }: CommandClients,
  { draftTtlSeconds, draftRetentionSeconds, idempotencyHours, authorizationWarningHours }: Times,
): Promise<void> {
  const keys = { olderThanHours: idempotencyHours, limit: LIMIT };
  await Promise.all([
    catchUp(orders),
    orders.expireOrders({ limit: LIMIT }),
    orders.expireDrafts({ ttlSeconds: draftTtlSeconds, limit: LIMIT }),
    orders.deleteDrafts({ olderThanSeconds: draftRetentionSeconds, limit: LIMIT }),
    catalog.expireHolds({ limit: LIMIT }),
    catalog.serveBackorders({ limit: LIMIT }),
    payments.warnOfEnds({ withinSeconds: authorizationWarningHours * 3600, limit: LIMIT }),
    payments.checkPendingPayments({ limit: LIMIT }),
    forgetPeople({ users, orders }, LIMIT),
    users.forgetExpired({ limit: LIMIT }),
    users.forgetAccessChanges({ limit: LIMIT }),
    ...[users, catalog, orders].map((context) => context.forgetKeys(keys)),
  ]);
}

/** What is left when there is very much is worked off with the next sweeps. */
async function catchUp(orders: CommandClients['orders']): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { projected, setAside } = await orders.projectOrders({ limit: EVENTS });
    if (projected + setAside < EVENTS) return;
  }
}
