import { join } from 'node:path';
import { awaitReady } from '@waybill/deploy/await-ready.js';
import type { DatabaseUrls } from '@waybill/deploy/databases.js';
import { freePorts } from '@waybill/deploy/free-ports.js';
import { NODE_FLAGS } from '@waybill/deploy/node-flags.js';
import { PROJECT_ROOT } from '@waybill/deploy/paths.js';
import { SETTINGS } from '@waybill/deploy/settings.js';
import { type Child, startChild } from './child.js';

export interface WaybillServer extends Child {
  url: string;
}

export interface WaybillSetup {
  databaseUrls: DatabaseUrls;
  /** Queues are in PostgreSQL where it is missing. */
  redisUrl?: string | undefined;
  queuesPrefix: string;
  /** For its log and its secrets. */
  folder: string;
  /** Others than the defaults. */
  settings?: Record<string, string>;
}

/** Waybill as `npm start` starts it: one process, but on these databases. Resolves when it is ready. */
export async function startWaybill(setup: WaybillSetup): Promise<WaybillServer> {
  const [port = 0, opsPort = 0, smtpPort = 0] = await freePorts(3);
  const { databaseUrls, redisUrl = '', queuesPrefix, folder } = setup;
  const settings = {
    PORT: port,
    OPS_PORT: opsPort,
    SMTP_PORT: smtpPort,
    WAYBILL_DATA: folder,
    REDIS_URL: redisUrl,
    QUEUES_PREFIX: queuesPrefix,
    USERS_DATABASE_URL: databaseUrls.users,
    CATALOG_DATABASE_URL: databaseUrls.catalog,
    ORDERS_DATABASE_URL: databaseUrls.orders,
    PAYMENTS_DATABASE_URL: databaseUrls.payments,
    QUEUES_DATABASE_URL: databaseUrls.queues,
    ...setup.settings,
  };
  const texts = Object.entries(settings).map(([name, value]) => [name, String(value)]);
  const start = join(PROJECT_ROOT, 'deploy', 'dist', 'start.js');
  const child = startChild(process.execPath, [...NODE_FLAGS, start], {
    logFile: join(folder, 'waybill.log'),
    env: { ...process.env, ...defaults(), ...Object.fromEntries(texts) },
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([awaitReady({ Waybill: url }), child.ended]);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { ...child, url };
}

/** Empty texts win over a developer's `.env` and stand for the defaults. */
function defaults(): Record<string, string> {
  return Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, '']));
}
