import { createCatalogSubgraph } from '@waybill/catalog/index.js';
import { openQueues } from '@waybill/jobs/queues.js';
import type { QueueName, Retries } from '@waybill/jobs/routes.js';
import type { Timing } from '@waybill/jobs/timing.js';
import { type CommandClients, startWorkers, type Workers } from '@waybill/jobs/workers.js';
import { localCommands } from '@waybill/kernel/commands.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { globalId, newId } from '@waybill/kernel/ids.js';
import { openLive } from '@waybill/kernel/live.js';
import { silentLog } from '@waybill/kernel/log.js';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import { createOrdersSubgraph } from '@waybill/orders/index.js';
import { createPaymentsSubgraph, openPaymentsDatabase } from '@waybill/payments/index.js';
import { openSimulator } from '@waybill/payments/providers/simulator.js';
import { ACCESS_TOPIC, type RecordedAccessChange } from '@waybill/schema/access.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import type { LiveChange } from '@waybill/schema/events.js';
import { createUsersSubgraph } from '@waybill/users/index.js';
import { graphql } from 'graphql';
import pg from 'pg';
import { type DatabaseName, freshDatabases, queuesPrefix } from './databases.js';

export interface SystemOptions {
  reservationTtlSeconds?: number;
  reservationMaxSeconds?: number;
  /** Changes what the workers call, to make a step fail or a process die. */
  tamper?(commands: CommandClients): CommandClients;
  /** Called when events were handed to the queues, before the outbox knows: to lose that knowledge. */
  onPublished?(events: StoredEvent[]): void;
  /** Instead of the quick ones that tests use. */
  retries?: Partial<Record<QueueName, Retries>>;
  timing?: Partial<Timing>;
  /** Milliseconds until `pm_card_settle_late` settles, on the simulator's clock. */
  settleAfterMs?: number;
  /** Tells gateways of changes of access; there is none unless a test opens some. */
  tellsGateways?: boolean;
  /** The clock of the simulated provider, where a test has it in its hands: milliseconds since 1970. */
  providerNow?: () => number;
}

export interface WorkerOptions extends Pick<SystemOptions, 'tamper' | 'timing'> {
  webhookTargets?: 'public' | 'any';
  smtpUrl?: string;
  /** More than usual where many jobs are to hang at once. */
  concurrency?: number;
}

/** As many attempts as in production, closer together. */
const QUICK_RETRIES: Record<QueueName, Retries> = {
  outbox: { attempts: 1, firstPauseMs: 0 },
  reservation: { attempts: 9, firstPauseMs: 2 },
  payment: { attempts: 9, firstPauseMs: 2 },
  notification: { attempts: 15, firstPauseMs: 4 },
  webhook: { attempts: 15, firstPauseMs: 4 },
};

/** What is due is done at once; what is lost is not looked for, so that no reconciler covers up a fault. */
/** Where mail for staff goes. */
export const STAFF_EMAIL = 'staff@waybill.example';

const QUICK_TIMING: Partial<Timing> = { sweepMs: 200, stalledSeconds: 60 };

/** All four contexts and the queues on fresh databases, without gateway; workers start when asked. */
export async function startSystem(options: SystemOptions = {}) {
  const urls = await freshDatabases();
  const prefix = queuesPrefix();
  const redisUrl = process.env.REDIS_URL;
  const backend = queueBackend({ redisUrl, databaseUrl: urls.queues, prefix });
  const log = silentLog;
  const open = () => openQueues(backend, log, { ...QUICK_RETRIES, ...options.retries });
  let queues = await open();
  const live = await openLive<LiveChange>(backend, log);
  const accessLive = options.tellsGateways
    ? await openLive<RecordedAccessChange>(backend, log, ACCESS_TOPIC)
    : { publish: async () => {}, close: async () => {} };
  const published: StoredEvent[] = [];
  const publish = async (events: StoredEvent[]) => {
    await queues.publish(events);
    published.push(...events);
    options.onPublished?.(events);
  };
  const catalog = await createCatalogSubgraph({ databaseUrl: urls.catalog, publish, log });
  const users = await createUsersSubgraph({
    databaseUrl: urls.users,
    commands: { catalog: localCommands(catalog.commands) },
    accessLive,
    publish,
    log,
  });
  const bank = await openPaymentsDatabase(urls.payments);
  const { settleAfterMs = 200, providerNow: now = Date.now } = options;
  const provider = await openSimulator(bank, { settleAfterMs, now });
  const payments = await createPaymentsSubgraph({
    databaseUrl: urls.payments,
    publish,
    log,
    provider,
  });
  const near = { users: localCommands(users.commands), catalog: localCommands(catalog.commands) };
  const databaseUrl = urls.orders;
  const orders = await createOrdersSubgraph({ databaseUrl, commands: near, publish, live, log });
  const commands: CommandClients = {
    ...near,
    orders: localCommands(orders.commands),
    payments: localCommands(payments.commands),
  };
  await catalog.start();
  await users.start();
  await orders.start();
  await payments.start();
  const subgraphs = { users, catalog, orders, payments };
  let workers: Workers[] = [];
  const pools = new Map<DatabaseName, pg.Pool>();
  const closing: Array<() => Promise<void>> = [];
  return {
    subgraphs,
    commands,
    get queues() {
      return queues;
    },
    backend,
    live,
    urls,
    prefix,
    /** Every event that left an outbox, as often as it did. */
    published: published as readonly StoredEvent[],
    /** Asks a database directly: tests look beneath the API. */
    async sql<Row extends object>(name: DatabaseName, text: string, values: unknown[] = []) {
      const pool = pools.get(name) ?? new pg.Pool({ connectionString: urls[name], max: 2 });
      pools.set(name, pool);
      return (await pool.query(text, values)).rows as Row[];
    },
    /** Runs an operation of one subgraph as `identity`. */
    async ask<Data = Record<string, never>>(
      name: keyof typeof subgraphs,
      identity: Identity,
      source: string,
      variableValues?: Record<string, unknown>,
    ): Promise<Data> {
      const { schema, contextFor } = subgraphs[name];
      const contextValue = contextFor(identity);
      const result = await graphql({ schema, source, variableValues, contextValue });
      if (result.errors) throw result.errors[0];
      return result.data as Data;
    },
    async startWorkers(own: WorkerOptions = {}) {
      const tamper = own.tamper ?? options.tamper;
      const started = await startWorkers({
        backend,
        queues,
        commands: tamper?.(commands) ?? commands,
        mail: {
          smtpUrl: own.smtpUrl ?? 'smtp://127.0.0.1:1',
          from: 'Test <test@waybill.example>',
          staff: STAFF_EMAIL,
        },
        reservationTtlSeconds: options.reservationTtlSeconds ?? 900,
        draftTtlSeconds: 86_400,
        webhookTargets: own.webhookTargets ?? 'any',
        reservationMaxSeconds: options.reservationMaxSeconds,
        timing: { ...QUICK_TIMING, ...options.timing, ...own.timing },
        ...(own.concurrency ? { concurrency: own.concurrency } : {}),
        log,
      });
      workers.push(started);
      return started;
    },
    /** What a restart does to a process that was at work: its workers die, its queues are opened anew. */
    async restartQueues() {
      await Promise.all(workers.map((each) => each.close(true)));
      workers = [];
      const before = queues;
      queues = await open();
      await before.close();
    },
    /** Closed with the system, before it. */
    onClose: (close: () => Promise<void>) => void closing.push(close),
    async close() {
      await Promise.all(closing.map((close) => close()));
      await Promise.all(workers.map((each) => each.close()));
      await Promise.all([orders.close(), payments.close(), catalog.close(), users.close()]);
      await bank.close();
      await live.close();
      await accessLive.close();
      await queues.close();
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

export type System = Awaited<ReturnType<typeof startSystem>>;

export const STAFF: Identity & { kind: 'user' } = {
  kind: 'user',
  userId: newId(),
  roles: ['STAFF'],
};

export function customer(): Identity & { kind: 'user' } {
  return { kind: 'user', userId: newId(), roles: ['CUSTOMER'] };
}

export const orderId = globalId('Order');
