import type { EventEmitter } from 'node:events';
import {
  createPostgresBackend,
  createPostgresRelayBackend,
  type Processor,
  Queue,
  type QueueOptions,
  Relay,
  Worker,
  type WorkerOptions,
} from 'bullmq';

export interface QueueBackendOptions {
  /** Redis or Valkey; where it is missing, `databaseUrl` is used. */
  redisUrl?: string | undefined;
  databaseUrl?: string | undefined;
  /** Separates systems that share one server. Lower-case letters, digits and `_`. Default `waybill`. */
  prefix?: string;
  /** For whoever only looks: writes nothing, not even the tables that are missing. */
  readOnly?: boolean;
}

/** BullMQ on Redis or on PostgreSQL: the rest of the code does not know which. */
export interface QueueBackend {
  kind: 'redis' | 'postgres';
  queue(name: string, options?: Partial<QueueOptions>): Queue;
  worker(name: string, processor: Processor, options: Partial<WorkerOptions>): Worker;
  relay(): Relay;
}

export function queueBackend(options: QueueBackendOptions): QueueBackend {
  const prefix = options.prefix ?? 'waybill';
  const readOnly = options.readOnly ?? false;
  if (options.redisUrl) return onRedis(options.redisUrl, prefix, readOnly);
  if (options.databaseUrl) return onPostgres(options.databaseUrl, prefix, readOnly);
  throw new Error('queues need REDIS_URL or QUEUES_DATABASE_URL');
}

function onRedis(url: string, prefix: string, readOnly: boolean): QueueBackend {
  const connection = { url, maxRetriesPerRequest: null };
  const looking = { skipMetasUpdate: readOnly };
  return {
    kind: 'redis',
    queue: (name, options) => new Queue(name, { ...looking, ...options, connection, prefix }),
    worker: (name, processor, options) =>
      new Worker(name, processor, { ...options, connection, prefix }),
    relay: () => new Relay({ connection, prefix, namespace: prefix }),
  };
}

function onPostgres(connectionString: string, schema: string, readOnly: boolean): QueueBackend {
  const connection = {
    connectionString,
    schema,
    migrate: !readOnly,
    max: 4,
    // One that breaks between two statements would end the process; the next statement tells of it.
    onConnect: (client: EventEmitter) => void client.on('error', () => {}),
    // The queue is not the truth: what a power cut takes from it, the reconciler puts back.
    options: readOnly ? '-c default_transaction_read_only=on' : '-c synchronous_commit=off',
  };
  const looking = { skipMetasUpdate: readOnly };
  return {
    kind: 'postgres',
    queue: (name, options) =>
      new Queue(
        name,
        { ...looking, ...options, connection } as never,
        createPostgresBackend as never,
      ),
    worker: (name, processor, options) =>
      new Worker(
        name,
        processor,
        { ...options, connection } as never,
        createPostgresBackend as never,
      ),
    relay: () =>
      new Relay({ connection, namespace: schema, backend: createPostgresRelayBackend }) as never,
  };
}
