import { turns } from '@waybill/kernel/turns.js';
import pg from 'pg';

export const AUDITED = ['orders', 'payments', 'catalog', 'users'] as const;
export type AuditedDatabase = (typeof AUDITED)[number];

/** One look at the databases: each as it was at one instant, though not all at the same. */
export interface Snapshots {
  query<Row extends object>(
    database: AuditedDatabase,
    text: string,
    values?: unknown[],
  ): Promise<Row[]>;
}

/** Something that can be looked at again and again. */
export interface Books {
  look<T>(work: (snapshots: Snapshots) => Promise<T>): Promise<T>;
}

export interface OpenBooks extends Books {
  close(): Promise<void>;
}

/** Nothing is written by mistake, and each database stays as it was when the look began. */
const BEGIN = 'begin transaction isolation level repeatable read, read only';

/** Plans for whole tables: what is read by key elsewhere is read from end to end here. */
const SETTINGS = `set application_name = 'audit'; set jit = off; set work_mem = '32MB'`;

/** Connects to the databases. Rejects where one of them cannot be reached. */
export async function openBooks(urls: Record<AuditedDatabase, string>): Promise<OpenBooks> {
  const clients = Object.fromEntries(
    AUDITED.map((name) => [name, new pg.Client({ connectionString: urls[name] })]),
  ) as Record<AuditedDatabase, pg.Client>;
  const all = Object.values(clients);
  // Whatever breaks is told by the query that it breaks.
  for (const client of all) client.on('error', () => {});
  const close = async () =>
    void (await Promise.all(all.map((client) => client.end().catch(() => {}))));
  try {
    await Promise.all(all.map((client) => client.connect()));
    await Promise.all(all.map((client) => client.query(SETTINGS)));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    async look(work) {
      await beginAll(clients);
      try {
        return await work(readThrough(clients));
      } finally {
        await Promise.all(all.map((client) => client.query('rollback')));
      }
    },
  };
}

/** A connection carries out one statement at a time; those of different databases run side by side. */
export function readThrough(clients: Record<AuditedDatabase, pg.Client>): Snapshots {
  const inTurn = { orders: turns(1), payments: turns(1), catalog: turns(1), users: turns(1) };
  return {
    query: async (database, text, values) => {
      const ask = () => clients[database].query(text, values);
      return (await inTurn[database](ask)).rows as never;
    },
  };
}

/**
 * The orders are looked at first. What an order says of itself happened after what payments and catalog did for it, so
 * they are at least as far; what they are ahead is what a second look explains.
 */
async function beginAll(clients: Record<AuditedDatabase, pg.Client>): Promise<void> {
  // PostgreSQL takes its snapshot at the first statement.
  const begin = async (client: pg.Client) => void (await client.query(`${BEGIN}; select 1`));
  await begin(clients.orders);
  await Promise.all([begin(clients.payments), begin(clients.catalog), begin(clients.users)]);
}
