import { join, resolve } from 'node:path';
import { namedDatabases, needsEmbedded } from './databases.js';
import { embeddedPort } from './embedded-postgres.js';
import { PROJECT_ROOT } from './paths.js';
import { embeddedUrls } from './postgres-databases.js';
import { type DatabaseName, keptSecrets } from './secrets.js';
import { environmentWith, readSettings, type Settings } from './settings.js';

/** Where a running system keeps its data, for whoever looks at it from outside. */
export interface RunningDatabases {
  databaseUrls: Record<Exclude<DatabaseName, 'queues'>, string> & { queues?: string | undefined };
  /** Of the queues, where they are not on PostgreSQL. */
  redisUrl?: string | undefined;
  queuesPrefix: string;
}

/**
 * The databases of the system that runs by these settings, embedded ones included. Throws a Fault where a setting is
 * bad; undefined where the embedded PostgreSQL does not run.
 */
export async function runningDatabases(
  environment = environmentWith(join(PROJECT_ROOT, '.env')),
): Promise<RunningDatabases | undefined> {
  const settings = readSettings('start', environment);
  const databaseUrls = await urlsOf(settings);
  if (!databaseUrls) return undefined;
  return { databaseUrls, redisUrl: settings.REDIS_URL, queuesPrefix: settings.QUEUES_PREFIX };
}

async function urlsOf(settings: Settings<'start'>) {
  const named = namedDatabases(settings);
  if (!needsEmbedded(settings)) return named as RunningDatabases['databaseUrls'];
  const dataDirectory = resolve(PROJECT_ROOT, settings.WAYBILL_DATA);
  const port = await embeddedPort(dataDirectory);
  if (!port) return undefined;
  return { ...embeddedUrls(port, await keptSecrets(dataDirectory)), ...named };
}
