import { MIGRATED as catalog } from '@waybill/catalog/testing/catalog.js';
import { openQueues } from '@waybill/jobs/queues.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import { type ModelDatabase, testDatabase } from '@waybill/kernel/testing/database.js';
import { MIGRATED as orders } from '@waybill/orders/testing/orders.js';
import { MIGRATED as payments } from '@waybill/payments/testing/payments.js';
import { MIGRATED as users } from '@waybill/users/testing/users.js';

/** Of the tables of queues in PostgreSQL; a Redis is shared by all tests, and there each has its own. */
const PREFIX = 'waybill';
export const queuesPrefix = (): string =>
  process.env.REDIS_URL ? `test_${newId().replaceAll('-', '')}` : PREFIX;

const queues: ModelDatabase = {
  name: 'queues',
  fill: async (databaseUrl) => {
    const opened = await openQueues(queueBackend({ databaseUrl, prefix: PREFIX }), silentLog);
    await opened.close();
  },
};

const MODELS = { users, catalog, orders, payments, queues };
export type DatabaseName = keyof typeof MODELS;

/** Fresh databases with all their tables. */
export async function freshDatabases(): Promise<Record<DatabaseName, string>> {
  const urls = await Promise.all(
    Object.entries(MODELS).map(async ([name, model]) => [name, await testDatabase(model)]),
  );
  return Object.fromEntries(urls);
}
