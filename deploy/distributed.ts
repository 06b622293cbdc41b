import { openQueues, type Queues } from '@waybill/jobs/queues.js';
import { createLog, type Log } from '@waybill/kernel/log.js';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import { accountEnvironment } from './account-settings.js';
import { type Closing, startedTogether } from './closing.js';
import { freePorts } from './free-ports.js';
import { frontEnvironment } from './front-settings.js';
import { startMailCatcher } from './mail-catcher.js';
import { countJobs, metricsOf, processMetrics, type ReadMetrics } from './metrics.js';
import { operationEnvironment } from './operation-settings.js';
import { startOpsServer } from './ops-server.js';
import { COMPILE_CACHE, entryFile } from './paths.js';
import { paymentEnvironment } from './payment-settings.js';
import type { Environment } from './settings.js';
import { type Supervised, supervise } from './supervise.js';
import {
  type FullOptions,
  gatewayUrls,
  type Waybill,
  type WaybillOptions,
  withDefaults,
} from './waybill.js';

const SUBGRAPHS = ['users', 'catalog', 'orders', 'payments'] as const;
const PROCESSES = [...SUBGRAPHS, 'workers', 'gateway'] as const;

export type ProcessName = (typeof PROCESSES)[number];

export interface DistributedWaybill extends Waybill {
  processes: Record<ProcessName, Supervised>;
}

/** The same system as processes of their own, which know each other by address only. */
export async function startDistributed(given: WaybillOptions): Promise<DistributedWaybill> {
  const options = withDefaults(given);
  const log = createLog('supervisor', {
    level: options.logLevel,
    pretty: process.stderr.isTTY ?? false,
  });
  return startedTogether(async (parts) => {
    const mail = options.smtpUrl
      ? undefined
      : await opened(startMailCatcher({ port: options.smtpPort }), parts);
    const smtpUrl = options.smtpUrl ?? mail?.smtpUrl;
    const queues = await opened(openQueues(backendOf(options), log), parts);
    const processes = await startProcesses({ ...options, smtpUrl }, parts, log);
    const metrics = metricsOfAll(processes, queues);
    const ops = await opened(
      startOpsServer({ port: options.opsPort, metrics, queues, mail }),
      parts,
    );
    const gateway = await processes.gateway.ready();
    const urls = gatewayUrls(Number(new URL(gateway.url).port));
    return { ...urls, opsUrl: ops.url, mail, processes, close: parts.close };
  });
}

function backendOf({ redisUrl, databaseUrls, queuesPrefix }: FullOptions) {
  return queueBackend({ redisUrl, databaseUrl: databaseUrls.queues, prefix: queuesPrefix });
}

async function opened<T extends { close(): Promise<void> }>(
  opening: Promise<T>,
  parts: Closing,
): Promise<T> {
  const part = await opening;
  parts.add(part.close);
  return part;
}

/** All start together and wait for each other where they must; they stop from the front door inwards. */
async function startProcesses(options: FullOptions, parts: Closing, log: Log) {
  const environments = environmentsOf(options, await freePorts(SUBGRAPHS.length));
  const onIncident = (text: string) => log.error(text);
  const processes = Object.fromEntries(
    PROCESSES.map((name) => {
      const kind = name === 'gateway' || name === 'workers' ? name : 'subgraph';
      const child = supervise({ name, file: entryFile(kind), env: environments[name], onIncident });
      return [name, child];
    }),
  ) as Record<ProcessName, Supervised>;
  parts.add(() => Promise.all(SUBGRAPHS.map((name) => processes[name].close())));
  parts.add(processes.workers.close);
  parts.add(processes.gateway.close);
  await Promise.all(
    PROCESSES.map((name) => options.stage(`Starting ${name}`, () => processes[name].ready())),
  );
  return processes;
}

/** The supervisor's own metrics, and those of each process under a path that stays the same when its port does not. */
function metricsOfAll(processes: Record<ProcessName, Supervised>, queues: Queues): ReadMetrics {
  const registry = processMetrics();
  countJobs(registry, queues.all);
  const own = metricsOf(registry);
  return async (name) => {
    if (!name) return own();
    if (!Object.hasOwn(processes, name)) return undefined;
    const { opsUrl } = await processes[name as ProcessName].ready();
    return (await fetch(`${opsUrl}/metrics`)).text();
  };
}

/** Exactly what each process would be given in a container. */
function environmentsOf(
  options: FullOptions,
  subgraphPorts: number[],
): Record<ProcessName, Environment> {
  const { databaseUrls } = options;
  const ports = Object.fromEntries(SUBGRAPHS.map((name, index) => [name, subgraphPorts[index]]));
  const urls = Object.fromEntries(
    SUBGRAPHS.map((name) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${ports[name]}`]),
  );
  const common = {
    ...inherited(),
    ...urls,
    HOST: '127.0.0.1',
    // Its metrics, and the workers' own page of the queues; the supervisor's has the mail, too.
    OPS_PORT: '0',
    INTERNAL_SECRET: options.internalSecret,
    LOG_LEVEL: options.logLevel,
    SEED_DEMO: String(options.seedDemo),
    REDIS_URL: options.redisUrl,
    QUEUES_DATABASE_URL: databaseUrls.queues,
    QUEUES_PREFIX: options.queuesPrefix,
  };
  const subgraph = (name: (typeof SUBGRAPHS)[number], more: Environment = {}) => ({
    ...common,
    SUBGRAPH: name,
    PORT: String(ports[name]),
    [`${name.toUpperCase()}_DATABASE_URL`]: databaseUrls[name],
    ...more,
  });
  return {
    users: subgraph('users', accountEnvironment(options.accounts)),
    catalog: subgraph('catalog'),
    orders: subgraph('orders', { CAPTURE_ON: options.captureOn }),
    payments: subgraph('payments', paymentEnvironment(options.payments)),
    workers: {
      ...common,
      SMTP_URL: options.smtpUrl,
      MAIL_FROM: options.mailFrom,
      RESERVATION_TTL_SECONDS: String(options.reservationTtlSeconds),
      RECONCILE_SECONDS: String(options.reconcileSeconds),
      RESERVATION_MAX_SECONDS: String(options.reservationMaxSeconds),
      IDEMPOTENCY_HOURS: String(options.idempotencyHours),
      DRAFT_TTL_SECONDS: String(options.draftTtlSeconds),
      DRAFT_RETENTION_SECONDS: String(options.draftRetentionSeconds),
      AUTHORIZATION_WARNING_HOURS: String(options.authorizationWarningHours),
      WEBHOOK_TARGETS: options.webhookTargets,
    },
    gateway: {
      ...common,
      ...operationEnvironment(options.operations),
      HOST: options.host,
      PORT: String(options.port),
      RESPONSE_CACHE: options.responseCache,
      ...frontEnvironment(options.front),
      ...accountEnvironment(options.accounts),
    },
  };
}

/** What a process needs from this one's environment: never its settings, but those of OpenTelemetry's own. */
function inherited(): Environment {
  const { PATH, HOME, TZ, NODE_OPTIONS, NO_COLOR } = process.env;
  const tracing = Object.entries(process.env).filter(([name]) => name.startsWith('OTEL_'));
  const own = { PATH, HOME, TZ, NODE_OPTIONS, NO_COLOR, NODE_COMPILE_CACHE: COMPILE_CACHE };
  return { ...own, ...Object.fromEntries(tracing) };
}
