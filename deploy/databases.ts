import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { DATABASES, type DatabaseName, type Secrets } from './secrets.js';
import type { Settings } from './settings.js';

export type DatabaseUrls = Record<DatabaseName, string>;

/** The databases that the settings name; the others are embedded. */
export function namedDatabases(settings: Settings<'start'>): Partial<DatabaseUrls> {
  const named = DATABASES.map((name) => [name, settings[settingOf(name)]] as const);
  return Object.fromEntries(named.filter(([, url]) => url !== undefined));
}

function settingOf(name: DatabaseName) {
  return `${name.toUpperCase() as Uppercase<DatabaseName>}_DATABASE_URL` as const;
}

/** True when at least one database must be embedded; queues on Redis need none. */
export function needsEmbedded(settings: Settings<'start'>): boolean {
  const named = namedDatabases(settings);
  const wanted = DATABASES.filter((name) => name !== 'queues' || !settings.REDIS_URL);
  return wanted.some((name) => !named[name]);
}

/** Starts the embedded PostgreSQL for whatever the settings name no database for. */
export async function provideDatabases(
  settings: Settings<'start'>,
  dataDirectory: string,
  secrets: Secrets,
  onStep: (step: string) => void,
): Promise<{ urls: DatabaseUrls; server: EmbeddedPostgres | undefined }> {
  const named = namedDatabases(settings);
  if (!needsEmbedded(settings)) return { urls: named as DatabaseUrls, server: undefined };
  const port = settings.EMBEDDED_POSTGRES_PORT;
  const server = await startEmbeddedPostgres({ dataDirectory, port, secrets, onStep });
  return { urls: { ...server.databaseUrls, ...named }, server };
}
