import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@waybill/deploy/embedded-postgres.js';
import { keptSecrets, type Secrets } from '@waybill/deploy/secrets.js';
import type { Environment } from '@waybill/deploy/settings.js';
import {
  ownSettings,
  type SpawnedStart,
  spawnCommand,
} from '@waybill/deploy/testing/spawned-start.js';

/** The last line of what the start shows; all that is written after it is log. */
const READY = /until npm run reset.*\n/;

/** `npm start` as an operator runs it: its own processes, on a PostgreSQL that can be stopped beneath it. */
export interface Running {
  started: SpawnedStart;
  /** The gateway, without a path. */
  url: string;
  /** Addresses of the databases, passwords included. */
  databaseUrls: EmbeddedPostgres['databaseUrls'];
  secrets: Secrets;
  /** The pages for operators, without a path. */
  opsUrl: string;
  stopPostgres(): Promise<void>;
  startPostgres(): Promise<void>;
  /** The lines of the log since the start. */
  log(): string[];
  close(): Promise<void>;
}

export async function startRunning(
  parameters: string[],
  environment: Environment = {},
): Promise<Running> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'waybill-running-'));
  const secrets = await keptSecrets(dataDirectory);
  let postgres = await startEmbeddedPostgres({ dataDirectory, port: 0, secrets });
  const { port, databaseUrls } = postgres;
  const own = await ownSettings();
  const started = spawnCommand(
    'start',
    {
      ...own.settings,
      ...Object.fromEntries(
        Object.entries(databaseUrls).map(([name, url]) => [
          `${name.toUpperCase()}_DATABASE_URL`,
          url,
        ]),
      ),
      REDIS_URL: process.env.REDIS_URL,
      QUEUES_PREFIX: `running_${port}`,
      INTERNAL_SECRET: secrets.internalSecret,
      LOG_LEVEL: 'info',
      ANONYMOUS_RATE_LIMIT_PER_MINUTE: '6000',
      ...environment,
    },
    ...parameters,
  );
  const close = async () => {
    started.child.kill('SIGKILL');
    await started.ended();
    await postgres.stop();
    await own.remove();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  await started.wrote('until npm run reset').catch(async (error) => {
    await close();
    throw error;
  });
  return {
    started,
    url: `http://localhost:${own.settings.PORT}`,
    opsUrl: `http://localhost:${own.settings.OPS_PORT}`,
    databaseUrls,
    secrets,
    stopPostgres: () => postgres.stop(),
    startPostgres: async () => {
      postgres = await startEmbeddedPostgres({ dataDirectory, port, secrets });
    },
    log: () => logOf(started.output()),
    close,
  };
}

function logOf(output: string): string[] {
  const [, ...after] = output.split(READY);
  const [log = ''] = after.join('').split('\nStopping …');
  return log.split('\n').filter((line) => line !== '');
}
