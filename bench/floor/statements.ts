import type { Database, Query } from '@waybill/kernel/database.js';
import type { Pool } from 'pg';

export const FLOOR_DATABASES = ['users', 'catalog', 'orders', 'payments'] as const;
export type FloorDatabase = (typeof FLOOR_DATABASES)[number];

export interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

/** What is committed together in one database: a single statement, or all of a transaction. */
export interface Unit {
  database: FloorDatabase;
  inTransaction: boolean;
  statements: Statement[];
}

/**
 * A database that hands every statement to PostgreSQL and to `record`. Units are recorded as they begin, so whatever
 * depends on one comes after it.
 */
export function recordingDatabase(
  database: FloorDatabase,
  pool: Pool,
  record: (unit: Unit) => void,
): Pick<Database, 'query' | 'transaction'> {
  const begin = (inTransaction: boolean) => {
    const unit: Unit = { database, inTransaction, statements: [] };
    record(unit);
    return unit.statements;
  };
  return {
    query: (name, text, values = []) => {
      begin(false).push({ name, text, values });
      return rows(pool, { name, text, values });
    },
    transaction: async (work) => {
      const statements = begin(true);
      return transaction(pool, (query) =>
        work((name, text, values = []) => {
          statements.push({ name, text, values });
          return query(name, text, values);
        }),
      );
    },
  };
}

/** The two ways of asking that Waybill's code uses, on nothing but `pg`. */
export function bareDatabase(pool: Pool): Pick<Database, 'query' | 'transaction'> {
  return {
    query: (name, text, values = []) => rows(pool, { name, text, values }),
    transaction: (work) => transaction(pool, work),
  };
}

async function rows(client: Pick<Pool, 'query'>, statement: Statement) {
  return (await client.query(statement)).rows as never;
}

/** An error ends the measurement and its connections, so nothing is rolled back. */
async function transaction<T>(pool: Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work((name, text, values = []) => rows(client, { name, text, values }));
    await client.query('commit');
    return result;
  } finally {
    client.release();
  }
}
