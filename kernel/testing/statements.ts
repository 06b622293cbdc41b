import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

type AnyFunction = (...args: never[]) => unknown;

/** Databases that were asked within some work. */
const asked = new AsyncLocalStorage<Set<string>>();

/**
 * The statements sent to Postgres by this process while `work` runs, by name where they have one and else by text: all of
 * the databases that `work` asks itself, so that nothing counts what another test left behind.
 * For tests that say how many a thing may cost.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: Array<{ database: string; text: string }> = [];
  const databases = new Set<string>();
  const prototype = pg.Client.prototype as unknown as { query: AnyFunction };
  const { query } = prototype;
  prototype.query = function (this: { database: string }, ...args: never[]) {
    asked.getStore()?.add(this.database);
    statements.push({ database: this.database, text: describe(args[0]) });
    return query.apply(this, args);
  };
  try {
    await asked.run(databases, work);
  } finally {
    prototype.query = query;
  }
  return statements.filter(({ database }) => databases.has(database)).map(({ text }) => text);
}

function describe(statement: string | { name?: string; text?: string } | undefined): string {
  if (typeof statement === 'string') return statement;
  return statement?.name ?? statement?.text ?? '';
}
