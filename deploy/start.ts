import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { createLog, type Log } from '@waybill/kernel/log.js';
import { type Closing, closing } from './closing.js';
import { namedDatabases, provideDatabases } from './databases.js';
import { demoToken } from './demo-token.js';
import { readFlags } from './flags.js';
import { operationPolicy } from './operation-settings.js';
import { COMPILE_CACHE, PROJECT_ROOT } from './paths.js';
import { requirePorts } from './required-ports.js';
import { takeRunLock } from './run-lock.js';
import { requireServers } from './run-process.js';
import { runUntilStopped } from './run-until-stopped.js';
import { screen } from './screen.js';
import { keptSecrets, type Secrets } from './secrets.js';
import { environmentWith, readSettings, type Settings } from './settings.js';
import { type Stage, shownStages } from './stages.js';
import { shareTracingSettings, startTracing } from './tracing.js';
import type { WaybillOptions } from './waybill.js';

const HELP = `npm start                    Waybill in one process
npm run start:distributed    the same as separate processes

Settings come from the environment and from .env; .env.example lists them.
`;

interface Flags {
  distributed: boolean;
}

async function start({ distributed }: Flags, stage: Stage, parts: Closing): Promise<void> {
  const environment = environmentWith(join(PROJECT_ROOT, '.env'));
  const settings = readSettings('start', environment);
  shareTracingSettings(environment);
  const dataDirectory = resolve(PROJECT_ROOT, settings.WAYBILL_DATA);
  const lock = await takeRunLock(dataDirectory);
  parts.add(lock.release);
  await requirePorts(settings);
  await requireServers({ REDIS_URL: settings.REDIS_URL, ...given(settings) });
  const secrets = await keptSecrets(dataDirectory);
  const databaseUrls = await databases(settings, dataDirectory, secrets, stage, parts);
  if (!distributed) parts.add(await startTracing('waybill', logOf(settings)));
  const startWaybill = await load(distributed, stage);
  const waybill = await startWaybill({ ...optionsOf(settings, secrets), databaseUrls, stage });
  parts.add(waybill.close);
  await lock.ready(waybill.url);
  const token = settings.SEED_DEMO ? await demoToken(waybill.url) : undefined;
  // Since the process began.
  const seconds = performance.now() / 1000;
  const topology = distributed ? 'six processes' : 'one process';
  const folder = settings.WAYBILL_DATA;
  console.log(screen({ waybill, seconds, topology, dataDirectory: folder, token }));
}

function logOf({ LOG_LEVEL: level }: Settings<'start'>): Log {
  return createLog('waybill', { level, pretty: process.stderr.isTTY ?? false });
}

/** In parts, so that signs of life come through between them. */
async function load(distributed: boolean, stage: Stage) {
  if (distributed) return (await import('./distributed.js')).startDistributed;
  return stage('Loading the code', async () => {
    await import('@waybill/kernel/database.js');
    await import('@waybill/users/index.js');
    await import('@waybill/jobs/workers.js');
    await import('@waybill/gateway/index.js');
    return (await import('./one-process.js')).startOneProcess;
  });
}

function given(settings: Settings<'start'>) {
  const named = Object.entries(namedDatabases(settings));
  return Object.fromEntries(
    named.map(([name, url]) => [`${name.toUpperCase()}_DATABASE_URL`, url]),
  );
}

async function databases(
  settings: Settings<'start'>,
  dataDirectory: string,
  secrets: Secrets,
  stage: Stage,
  parts: Closing,
) {
  const provide = () => provideDatabases(settings, dataDirectory, secrets, () => {});
  const { urls, server } = await stage('Starting PostgreSQL', provide);
  if (server) parts.add(server.stop);
  return urls;
}

function optionsOf(
  settings: Settings<'start'>,
  secrets: Secrets,
): Omit<WaybillOptions, 'databaseUrls' | 'stage'> {
  return {
    redisUrl: settings.REDIS_URL,
    queuesPrefix: settings.QUEUES_PREFIX,
    port: settings.PORT,
    opsPort: settings.OPS_PORT,
    smtpPort: settings.SMTP_PORT,
    host: settings.HOST,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM,
    staffMailTo: settings.STAFF_MAIL_TO,
    lowStockThreshold: settings.LOW_STOCK_THRESHOLD,
    blobStore:
      settings.BLOB_STORE ?? `file:${resolve(PROJECT_ROOT, settings.WAYBILL_DATA, 'blobs')}`,
    internalSecret: settings.INTERNAL_SECRET ?? secrets.internalSecret,
    reservationTtlSeconds: settings.RESERVATION_TTL_SECONDS,
    reconcileSeconds: settings.RECONCILE_SECONDS,
    reservationMaxSeconds: settings.RESERVATION_MAX_SECONDS,
    captureOn: settings.CAPTURE_ON,
    idempotencyHours: settings.IDEMPOTENCY_HOURS,
    webhookTargets: settings.WEBHOOK_TARGETS,
    draftTtlSeconds: settings.DRAFT_TTL_SECONDS,
    draftRetentionSeconds: settings.DRAFT_RETENTION_SECONDS,
    authorizationWarningHours: settings.AUTHORIZATION_WARNING_HOURS,
    accounts: settings,
    responseCache: settings.RESPONSE_CACHE,
    payments: settings,
    front: settings,
    seedDemo: settings.SEED_DEMO,
    operations: operationPolicy(settings),
    logLevel: settings.LOG_LEVEL,
  };
}

// Node keeps what it compiled: the second start loads in half the time.
enableCompileCache(COMPILE_CACHE);

const chosen: Flags = readFlags(HELP, ['distributed']);
const parts = closing();
const shown = shownStages();

await runUntilStopped({
  start: (stopping) => {
    const stage: Stage = async (name, work) => {
      stopping.throwIfAborted();
      return shown(name, work);
    };
    return start(chosen, stage, parts);
  },
  onStopping: () => console.error('\nStopping …'),
  close: parts.close,
});
