import { createCatalogSubgraph } from '@waybill/catalog/index.js';
import { openQueues } from '@waybill/jobs/queues.js';
import { type CommandClients, startWorkers, type Workers } from '@waybill/jobs/workers.js';
import { localCommands } from '@waybill/kernel/commands.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { globalId, newId } from '@waybill/kernel/ids.js';
import { openLive } from '@waybill/kernel/live.js';
import { silentLog } from '@waybill/kernel/log.js';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { createOrdersSubgraph } from '@waybill/orders/index.js';
import { createPaymentsSubgraph } from '@waybill/payments/index.js';
import type { LiveChange } from '@waybill/schema/events.js';
import { createUsersSubgraph } from '@waybill/users/index.js';
import { graphql } from 'graphql';

export interface SystemOptions {
  reservationTtlSeconds?: number;
  /** Changes what the workers call, to make a step fail or a process die. */
  tamper?(commands: CommandClients): CommandClients;
}

/** All four contexts and the queues on fresh databases, without gateway; workers start when asked. */
export async function startSystem(options: SystemOptions = {}) {
  const [usersUrl, catalogUrl, ordersUrl, paymentsUrl, queuesUrl] = await Promise.all(
    Array.from({ length: 5 }, () => testDatabase()),
  );
  const prefix = `t${newId().replaceAll('-', '')}`;
  const backend = queueBackend({
    redisUrl: process.env.REDIS_URL,
    databaseUrl: queuesUrl as string,
    prefix,
  });
  const log = silentLog;
  const queues = await openQueues(backend, log);
  const live = await openLive<LiveChange>(backend, log);
  const publish = queues.publish;
  const users = await createUsersSubgraph({ databaseUrl: usersUrl as string, log });
  const catalog = await createCatalogSubgraph({ databaseUrl: catalogUrl as string, log });
  const payments = await createPaymentsSubgraph({
    databaseUrl: paymentsUrl as string,
    publish,
    log,
  });
  const near = { users: localCommands(users.commands), catalog: localCommands(catalog.commands) };
  const orders = await createOrdersSubgraph({
    databaseUrl: ordersUrl as string,
    commands: near,
    publish,
    live,
    log,
  });
  const commands: CommandClients = {
    ...near,
    orders: localCommands(orders.commands),
    payments: localCommands(payments.commands),
  };
  await orders.start();
  await payments.start();
  const subgraphs = { users, catalog, orders, payments };
  const workers: Workers[] = [];
  return {
    subgraphs,
    commands,
    queues,
    backend,
    live,
    urls: { usersUrl, catalogUrl, ordersUrl, paymentsUrl, queuesUrl } as Record<string, string>,
    /** Runs an operation of one subgraph as `identity`. */
    async ask<Data = Record<string, never>>(
      name: keyof typeof subgraphs,
      identity: Identity,
      source: string,
      variableValues?: Record<string, unknown>,
    ): Promise<Data> {
      const { schema, contextFor } = subgraphs[name];
      const result = await graphql({
        schema,
        source,
        variableValues,
        contextValue: contextFor(identity),
      });
      if (result.errors) throw result.errors[0];
      return result.data as Data;
    },
    async startWorkers(
      mail = { smtpUrl: 'smtp://127.0.0.1:1', from: 'Test <test@waybill.example>' },
    ) {
      const started = await startWorkers({
        backend,
        queues,
        commands: options.tamper?.(commands) ?? commands,
        mail,
        reservationTtlSeconds: options.reservationTtlSeconds ?? 900,
        log,
      });
      workers.push(started);
      return started;
    },
    async close() {
      await Promise.all(workers.map((each) => each.close()));
      await Promise.all([orders.close(), payments.close(), catalog.close(), users.close()]);
      await live.close();
      await queues.close();
    },
  };
}

export type System = Awaited<ReturnType<typeof startSystem>>;

export const STAFF: Identity = { kind: 'user', userId: newId(), roles: ['STAFF'] };

export function customer(): Identity & { kind: 'user' } {
  return { kind: 'user', userId: newId(), roles: ['CUSTOMER'] };
}

export const orderId = globalId('Order');
