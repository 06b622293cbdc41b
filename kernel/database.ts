import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { SpanKind } from '@opentelemetry/api';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { inSpan } from './tracing.js';

export interface DatabaseOptions {
  url: string;
  entities: NonNullable<Options['entities']>;
  migrations: NonNullable<NonNullable<Options['migrations']>['migrationsList']>;
  /** Connections at the most; default 10. */
  poolSize?: number;
  /** Settings of every connection, e.g. `{ statement_timeout: '5s' }`. */
  settings?: Record<string, string>;
}

/**
 * Settings for a database that is only ever asked by key. A prepared statement keeps its plan, also one that was made
 * while its table was empty and that reads the whole table ever after; a plan by index stays good as tables grow.
 */
export const BY_INDEX = { enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' };

/** Runs one named statement; `name` stands for `text` alone, so that Postgres parses and plans it once. */
export type Query = <Row extends QueryResultRow>(
  name: string,
  text: string,
  values?: unknown[],
) => Promise<Row[]>;

/** Whether a statement failed because a value that is to be unique is there already (SQLSTATE 23505). */
export const isUniqueViolation = (error: { code?: unknown }): boolean => error.code === '23505';

export type EntityManager = MikroORM['em'];

export interface Database {
  /** A fresh unit of work; never share one between requests. */
  em(): EntityManager;
  /**
   * Prepared statements on the pool that MikroORM uses, for the hot paths: MikroORM writes parameters into the
   * text, so Postgres would parse and plan each call anew. Timestamps come back as strings.
   */
  query: Query;
  /** All statements of `work` in one transaction: committed when it resolves, rolled back when it rejects. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Rejects when the database does not answer. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Connects, brings the tables up to date and hands out both ways of asking. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const orm = await MikroORM.init({
    clientUrl: options.url,
    entities: options.entities,
    extensions: [Migrator],
    pool: { max: options.poolSize ?? 10 },
    migrations: { migrationsList: options.migrations, snapshot: false, silent: true },
    forceUtcTimezone: true,
    driverOptions: configure(options.settings ?? {}),
  });
  const pool = (await orm.em.getConnection().getNativeClient()) as Pool;
  await migrate(orm, pool);
  const query = queryOn(pool);
  return {
    em: () => orm.em.fork(),
    query,
    transaction: (work) => transaction(pool, work),
    ready: async () => void (await query('ready', 'select 1')),
    close: () => orm.close(true),
  };
}

/** The pool awaits this before it hands a new connection out; one that refuses a setting is not handed out. */
function configure(settings: Record<string, string>) {
  const names = Object.keys(settings);
  if (names.length === 0) return {};
  const text = `select ${names.map((_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, false)`)}`;
  const values = Object.entries(settings).flat();
  return { onConnect: (client: PoolClient) => client.query(text, values) };
}

/** Any number: the lock's name, which all processes that migrate this database agree on. */
const MIGRATION_LOCK = 7_240_001;

/** Several processes start at once; the migrator takes no lock of its own, so they queue up here. */
async function migrate(orm: MikroORM, pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await orm.migrator.up();
  } finally {
    // Closing the connection gives up the lock, whatever happened.
    client.release(true);
  }
}

/** A statement goes by its name alone: its text says little more, and its values may be confidential. */
const STATEMENT_SPAN = {
  kind: SpanKind.CLIENT,
  attributes: { 'db.system.name': 'postgresql' },
};

function queryOn(client: Pool | PoolClient): Query {
  return async (name, text, values = []) => {
    const run = () => client.query({ name, text, values });
    const result = await inSpan(name, STATEMENT_SPAN, run);
    return result.rows as never;
  };
}

async function transaction<T>(pool: Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(queryOn(client));
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is broken: the pool must not hand it out again.
    const broken = await client.query('rollback').then(
      () => undefined,
      (failure: Error) => failure,
    );
    client.release(broken);
    throw error;
  }
}
