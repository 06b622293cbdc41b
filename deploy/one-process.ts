import { createCatalogSubgraph } from '@waybill/catalog/index.js';
import { inProcessSource } from '@waybill/gateway/index.js';
import { openQueues } from '@waybill/jobs/queues.js';
import { startWorkers } from '@waybill/jobs/workers.js';
import { localCommands } from '@waybill/kernel/commands.js';
import { openLive } from '@waybill/kernel/live.js';
import { createLog, type Log } from '@waybill/kernel/log.js';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import { createOrdersSubgraph } from '@waybill/orders/index.js';
import { createPaymentsSubgraph } from '@waybill/payments/index.js';
import type { LiveChange } from '@waybill/schema/events.js';
import { createUsersSubgraph } from '@waybill/users/index.js';
import type { Registry } from 'prom-client';
import { openAccessFeed } from './access-feed.js';
import { openAccessLive } from './access-live.js';
import { accountOptions } from './account-settings.js';
import { type Closing, startedTogether } from './closing.js';
import { issuerAuthentication } from './external-issuer.js';
import { listenFault } from './fault.js';
import { issuerOf } from './issuer-settings.js';
import { type MailCatcher, startMailCatcher } from './mail-catcher.js';
import { countJobs, metricsOf, processMetrics, watchProjections } from './metrics.js';
import { openGateway } from './open-gateway.js';
import { checkerOf } from './operation-checker.js';
import { startOpsServer } from './ops-server.js';
import { openPartners } from './partners.js';
import { SUPERGRAPH } from './paths.js';
import { capturePolicy, stripeOptions } from './payment-settings.js';
import { rateLimits } from './rate-limits.js';
import { responseCache } from './response-cache.js';
import { seedPeople, seedProducts } from './seed.js';
import {
  type FullOptions,
  gatewayUrls,
  type Waybill,
  type WaybillOptions,
  withDefaults,
} from './waybill.js';

/** Gateway, subgraphs and workers in this very process: no HTTP and no JSON between them. */
export async function startOneProcess(given: WaybillOptions): Promise<Waybill> {
  const options = withDefaults(given);
  const { stage } = options;
  const log = createLog('waybill', {
    level: options.logLevel,
    pretty: process.stderr.isTTY ?? false,
  });
  return startedTogether(async (parts) => {
    const queueing = await stage('Opening the queues', () => openQueueing(options, parts, log));
    const subgraphs = await stage('Migrating and opening four subgraphs', () =>
      openSubgraphs(options, queueing, parts, log),
    );
    if (options.seedDemo) {
      await stage('Seeding demo people and products', () => seed(subgraphs));
    }
    const mail = await catchMail(options, parts);
    await stage('Starting workers', () => work(options, queueing, subgraphs, mail, parts, log));
    const registry = processMetrics();
    const urls = await stage('Starting the gateway', () =>
      serve(options, queueing, subgraphs, registry, parts, log),
    );
    const { queues } = queueing;
    countJobs(registry, queues.all);
    watchProjections(registry, subgraphs.commands.orders);
    const metrics = metricsOf(registry);
    const ops = await startOpsServer({ port: options.opsPort, metrics, queues, mail });
    parts.add(ops.close);
    return { ...urls, opsUrl: ops.url, mail, close: parts.close };
  });
}

async function openQueueing(options: FullOptions, parts: Closing, log: Log) {
  const { redisUrl, databaseUrls, queuesPrefix: prefix } = options;
  const backend = queueBackend({ redisUrl, databaseUrl: databaseUrls.queues, prefix });
  const queues = await openQueues(backend, log);
  parts.add(queues.close);
  const live = await openLive<LiveChange>(backend, log);
  parts.add(live.close);
  const accessLive = await openAccessLive(backend, parts, log);
  return { backend, queues, live, accessLive };
}

type Queueing = Awaited<ReturnType<typeof openQueueing>>;

async function openSubgraphs(
  {
    databaseUrls,
    accounts,
    payments: paying,
    captureOn,
    lowStockThreshold,
    blobStore,
  }: FullOptions,
  { queues, live, accessLive }: Queueing,
  parts: Closing,
  log: Log,
) {
  const { publish } = queues;
  const stripe = stripeOptions(paying);
  const opened = <T extends { close(): Promise<void> }>(subgraph: T): T => {
    parts.add(subgraph.close);
    return subgraph;
  };
  const [[users, catalog], payments] = await Promise.all([
    createCatalogSubgraph({
      databaseUrl: databaseUrls.catalog,
      publish,
      lowStockThreshold,
      blobStore,
      log,
    })
      .then(opened)
      .then(async (catalog) => {
        const users = await createUsersSubgraph({
          databaseUrl: databaseUrls.users,
          commands: { catalog: localCommands(catalog.commands) },
          ...accountOptions(accounts),
          accessLive,
          publish,
          checker: checkerOf(SUPERGRAPH),
          log,
        }).then(opened);
        return [users, catalog] as const;
      }),
    createPaymentsSubgraph({ databaseUrl: databaseUrls.payments, publish, log, stripe }).then(
      opened,
    ),
  ]);
  const others = {
    users: localCommands(users.commands),
    catalog: localCommands(catalog.commands),
    payments: localCommands(payments.commands),
  };
  const orders = await createOrdersSubgraph({
    databaseUrl: databaseUrls.orders,
    commands: others,
    publish,
    live,
    captureOn: capturePolicy(captureOn),
    log,
  }).then(opened);
  const commands = { ...others, orders: localCommands(orders.commands) };
  const subgraphs = { users, catalog, orders, payments };
  await Promise.all(Object.values(subgraphs).map((subgraph) => subgraph.start()));
  return { ...subgraphs, commands };
}

type Subgraphs = Awaited<ReturnType<typeof openSubgraphs>>;

async function seed({ users, catalog }: Subgraphs): Promise<void> {
  await Promise.all([seedPeople(users), seedProducts(catalog)]);
}

async function catchMail(options: FullOptions, parts: Closing): Promise<MailCatcher | undefined> {
  if (options.smtpUrl) return undefined;
  const mail = await startMailCatcher({ port: options.smtpPort });
  parts.add(mail.close);
  return mail;
}

async function work(
  options: FullOptions,
  { backend, queues }: Queueing,
  { commands }: Subgraphs,
  mail: MailCatcher | undefined,
  parts: Closing,
  log: Log,
): Promise<void> {
  const { reservationTtlSeconds, reservationMaxSeconds, reconcileSeconds } = options;
  const { idempotencyHours, draftTtlSeconds, draftRetentionSeconds, webhookTargets } = options;
  const { authorizationWarningHours } = options;
  const smtpUrl = options.smtpUrl ?? mail?.smtpUrl ?? '';
  const workers = await startWorkers({
    backend,
    queues,
    commands,
    mail: { smtpUrl, from: options.mailFrom, staff: options.staffMailTo },
    reservationTtlSeconds,
    timing: { reconcileMs: reconcileSeconds * 1000 },
    reservationMaxSeconds,
    idempotencyHours,
    draftTtlSeconds,
    webhookTargets,
    draftRetentionSeconds,
    authorizationWarningHours,
    log,
  });
  parts.add(() => workers.close());
}

async function serve(
  options: FullOptions,
  { accessLive: live }: Queueing,
  { users, catalog, orders, payments, commands }: Subgraphs,
  metrics: Registry,
  parts: Closing,
  log: Log,
) {
  const { host, port, seedDemo, onFetch } = options;
  const access = openAccessFeed({ read: commands.users.readAccessChanges, live, log });
  parts.add(async () => access.close());
  const partners = openPartners(commands.users, access, parts, log);
  const gateway = await openGateway({
    dataSources: {
      users: inProcessSource(users),
      catalog: inProcessSource(catalog),
      orders: inProcessSource(orders),
      payments: inProcessSource(payments),
    },
    keys: users.jwks,
    partners,
    issuer: issuerAuthentication(issuerOf(options.accounts), commands),
    access,
    demo: seedDemo,
    policy: options.operations,
    metrics,
    answers: responseCache(options, log),
    front: options.front,
    paymentWebhooks: payments.webhooks,
    files: catalog.files,
    rateLimits: rateLimits(options, partners.rateClassOf, log),
    onFetch,
    log,
  });
  parts.add(gateway.close);
  const listening = await gateway.listen(port, host).catch((error) => {
    throw listenFault(error, 'PORT', port);
  });
  return gatewayUrls(listening.port);
}
