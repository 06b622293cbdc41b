import { createCatalogSubgraph } from '@waybill/catalog/index.js';
import { openQueues } from '@waybill/jobs/queues.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { createOrdersSubgraph } from '@waybill/orders/index.js';
import { openPaymentsDatabase } from '@waybill/payments/index.js';
import { createUsersSubgraph } from '@waybill/users/index.js';

export const DATABASES = ['users', 'catalog', 'orders', 'payments', 'queues'] as const;
export type DatabaseName = (typeof DATABASES)[number];

const log = silentLog;
const unasked = () => Promise.reject(new Error('nobody asks'));
const nobody = { publish: unasked, subscribe: () => () => {}, close: unasked };

/** Of the tables of queues in PostgreSQL; a Redis is shared by all tests, and there each has its own. */
const PREFIX = 'waybill';
export const queuesPrefix = (): string =>
  process.env.REDIS_URL ? `test_${newId().replaceAll('-', '')}` : PREFIX;

const OPEN: Record<DatabaseName, (databaseUrl: string) => Promise<{ close(): Promise<void> }>> = {
  users: (databaseUrl) =>
    createUsersSubgraph({ databaseUrl, accessLive: nobody, publish: unasked, log }),
  catalog: (databaseUrl) => createCatalogSubgraph({ databaseUrl, log }),
  orders: (databaseUrl) =>
    createOrdersSubgraph({
      databaseUrl,
      commands: { catalog: { quoteItem: unasked }, users: { findCustomer: unasked } },
      publish: unasked,
      live: nobody,
      log,
    }),
  payments: (databaseUrl) => openPaymentsDatabase(databaseUrl),
  queues: (databaseUrl) => openQueues(queueBackend({ databaseUrl, prefix: PREFIX }), log),
};

/** Fresh databases with all their tables. */
export async function freshDatabases(): Promise<Record<DatabaseName, string>> {
  const urls = await Promise.all(
    DATABASES.map(async (name) => {
      const fill = async (url: string) => (await OPEN[name](url)).close();
      return [name, await testDatabase({ name: `whole_${name}`, fill })] as const;
    }),
  );
  return Object.fromEntries(urls) as Record<DatabaseName, string>;
}
