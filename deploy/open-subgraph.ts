import { remoteCommands } from '@waybill/kernel/commands.js';
import { openLive } from '@waybill/kernel/live.js';
import type { Log } from '@waybill/kernel/log.js';
import type { Subgraph } from '@waybill/kernel/subgraph.js';
import { serveSubgraph } from '@waybill/kernel/subgraph-server.js';
import type { Commands } from '@waybill/schema/commands.js';
import type { LiveChange } from '@waybill/schema/events.js';
import { backendOf, openAccessLive, type QueueSettings } from './access-live.js';
import { accountOptions } from './account-settings.js';
import type { Closing } from './closing.js';
import { listenFault } from './fault.js';
import { SUPERGRAPH } from './paths.js';
import { capturePolicy, stripeOptions } from './payment-settings.js';
import type { Settings } from './settings.js';

/** How each subgraph becomes a process: opens it, serves it, remembers how to stop it. Each loads no other. */
export const openSubgraph = {
  users: async (settings: Settings<'users'>, parts: Closing, log: Log) => {
    const { createUsersSubgraph } = await import('@waybill/users/index.js');
    const { INTERNAL_SECRET: secret, CATALOG_URL: url } = settings;
    const { publish } = await publishing(settings, parts, log);
    const { checkerOf } = await import('./operation-checker.js');
    const users = await createUsersSubgraph({
      databaseUrl: settings.USERS_DATABASE_URL,
      commands: {
        catalog: remoteCommands<Commands['catalog']>({ url, secret, service: 'users' }),
      },
      ...accountOptions(settings),
      accessLive: await openAccessLive(backendOf(settings), parts, log),
      publish,
      checker: checkerOf(SUPERGRAPH),
      log,
    });
    parts.add(users.close);
    if (settings.SEED_DEMO) await (await import('./seed.js')).seedPeople(users);
    return serve(users, settings, parts, log, { '/.well-known/jwks.json': users.jwks });
  },

  catalog: async (settings: Settings<'catalog'>, parts: Closing, log: Log) => {
    const { createCatalogSubgraph } = await import('@waybill/catalog/index.js');
    const { publish } = await publishing(settings, parts, log);
    const catalog = await createCatalogSubgraph({
      databaseUrl: settings.CATALOG_DATABASE_URL,
      publish,
      lowStockThreshold: settings.LOW_STOCK_THRESHOLD,
      blobStore: settings.BLOB_STORE,
      log,
    });
    parts.add(catalog.close);
    if (settings.SEED_DEMO) await (await import('./seed.js')).seedProducts(catalog);
    return serve(catalog, settings, parts, log);
  },

  orders: async (settings: Settings<'orders'>, parts: Closing, log: Log) => {
    const { createOrdersSubgraph } = await import('@waybill/orders/index.js');
    const { INTERNAL_SECRET: secret, USERS_URL, CATALOG_URL } = settings;
    const { backend, publish } = await publishing(settings, parts, log);
    const live = await openLive<LiveChange>(backend, log);
    parts.add(live.close);
    const orders = await createOrdersSubgraph({
      databaseUrl: settings.ORDERS_DATABASE_URL,
      commands: {
        users: remoteCommands<Commands['users']>({ url: USERS_URL, secret, service: 'orders' }),
        catalog: remoteCommands<Commands['catalog']>({
          url: CATALOG_URL,
          secret,
          service: 'orders',
        }),
      },
      publish,
      live,
      captureOn: capturePolicy(settings.CAPTURE_ON),
      log,
    });
    parts.add(orders.close);
    return serve(orders, settings, parts, log);
  },

  payments: async (settings: Settings<'payments'>, parts: Closing, log: Log) => {
    const { createPaymentsSubgraph } = await import('@waybill/payments/index.js');
    const { PAYMENTS_DATABASE_URL: databaseUrl } = settings;
    const { publish } = await publishing(settings, parts, log);
    const stripe = stripeOptions(settings);
    const payments = await createPaymentsSubgraph({ databaseUrl, publish, log, stripe });
    parts.add(payments.close);
    return serve(payments, settings, parts, log);
  },
};

/** Where the events of a subgraph go from here. */
async function publishing(settings: QueueSettings, parts: Closing, log: Log) {
  const { openQueues } = await import('@waybill/jobs/queues.js');
  const backend = backendOf(settings);
  const queues = await openQueues(backend, log);
  parts.add(queues.close);
  return { backend, publish: queues.publish };
}

// biome-ignore lint/suspicious/noExplicitAny: any subgraph can be served, whatever its commands are
type AnySubgraph = Subgraph<any>;

type Address = Pick<
  Settings<'users'>,
  'PORT' | 'HOST' | 'INTERNAL_SECRET' | 'SHUTDOWN_GRACE_SECONDS'
>;

async function serve(
  subgraph: AnySubgraph,
  { PORT: port, HOST: host, INTERNAL_SECRET: secret, SHUTDOWN_GRACE_SECONDS: grace }: Address,
  parts: Closing,
  log: Log,
  publicRoutes: Record<string, () => Promise<unknown>> = {},
): Promise<{ url: string }> {
  await subgraph.start();
  const options = { port, host, secret, log, publicRoutes, graceMs: grace * 1000 };
  const server = await serveSubgraph(subgraph, options).catch((error) => {
    throw listenFault(error, 'PORT', port);
  });
  parts.add(server.close);
  return { url: server.url };
}
