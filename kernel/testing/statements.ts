import pg from 'pg';

type AnyFunction = (...args: never[]) => unknown;

/**
 * The statements sent to Postgres by this process while `work` runs, by name where they have one and else by text.
 * For tests that say how many a thing may cost.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const prototype = pg.Client.prototype as unknown as { query: AnyFunction };
  const { query } = prototype;
  prototype.query = function (this: unknown, ...args: never[]) {
    statements.push(describe(args[0]));
    return query.apply(this, args);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return statements;
}

function describe(statement: string | { name?: string; text?: string } | undefined): string {
  if (typeof statement === 'string') return statement;
  return statement?.name ?? statement?.text ?? '';
}
