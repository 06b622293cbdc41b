import { accountEnvironment } from './account-settings.js';
import { frontEnvironment } from './front-settings.js';
import { operationEnvironment } from './operation-settings.js';
import { COMPILE_CACHE } from './paths.js';
import { paymentEnvironment } from './payment-settings.js';
import type { Environment } from './settings.js';
import type { FullOptions } from './waybill.js';

export const SUBGRAPHS = ['users', 'catalog', 'orders', 'payments'] as const;

export type ProcessName = (typeof SUBGRAPHS)[number] | 'workers' | 'gateway';

/** Exactly what each process would be given in a container. */
export function environmentsOf(
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
    catalog: subgraph('catalog', {
      LOW_STOCK_THRESHOLD: String(options.lowStockThreshold),
      BLOB_STORE: options.blobStore,
    }),
    orders: subgraph('orders', { CAPTURE_ON: options.captureOn }),
    payments: subgraph('payments', paymentEnvironment(options.payments)),
    workers: {
      ...common,
      SMTP_URL: options.smtpUrl,
      MAIL_FROM: options.mailFrom,
      STAFF_MAIL_TO: options.staffMailTo,
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
