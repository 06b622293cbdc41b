import type { AuditedDatabase, Snapshots } from './snapshots.js';

/** What one database says of many things of one kind, each row with the thing's `id`. */
export interface Source {
  database: AuditedDatabase;
  /** Table and indexed column by which the things are gone through. */
  table: string;
  column: string;
  /** `among(column)` is the condition that names the things asked for. */
  text(among: (column: string) => string): string;
}

/** The rows of one thing, by the names of their sources; a source that knows nothing of it is missing. */
export type Merged<Row> = { id: string } & Partial<Row>;

/** Things read at once: what is in memory of a look, however many there are. */
const CHUNK = 2000;

const FIRST = '00000000-0000-0000-0000-000000000000';
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Goes through everything that any source knows, in the order of ids, chunk by chunk. */
export async function* mergeAll<Row extends object>(
  snapshots: Snapshots,
  sources: Record<keyof Row & string, Source>,
): AsyncGenerator<Merged<Row>[]> {
  for (let after = FIRST; after < LAST; ) {
    const upTo = await endOfChunk(snapshots, Object.values(sources), after);
    yield read(snapshots, sources, (column) => `${column} > $1 and ${column} <= $2`, [after, upTo]);
    after = upTo;
  }
}

/** What the sources say of these things alone. */
export function mergeSome<Row extends object>(
  snapshots: Snapshots,
  sources: Record<keyof Row & string, Source>,
  ids: readonly string[],
): Promise<Merged<Row>[]> {
  return read(snapshots, sources, (column) => `${column} = any($1::uuid[])`, [ids]);
}

/** The chunk ends where the first source has enough rows, so that none of them answers more. */
async function endOfChunk(snapshots: Snapshots, sources: Source[], after: string): Promise<string> {
  const ends = await Promise.all(
    sources.map(async ({ database, table, column }) => {
      const text = `select ${column} as id from ${table} where ${column} > $1 order by 1 offset ${CHUNK - 1} limit 1`;
      const [row] = await snapshots.query<{ id: string }>(database, text, [after]);
      return row?.id ?? LAST;
    }),
  );
  return ends.toSorted()[0] as string;
}

async function read<Row extends object>(
  snapshots: Snapshots,
  sources: Record<keyof Row & string, Source>,
  among: (column: string) => string,
  values: unknown[],
): Promise<Merged<Row>[]> {
  const merged = new Map<string, Merged<Row>>();
  await Promise.all(
    Object.entries<Source>(sources).map(async ([name, { database, text }]) => {
      const rows = await snapshots.query<{ id: string }>(database, text(among), values);
      for (const row of rows) {
        const known = merged.get(row.id) ?? ({ id: row.id } as Merged<Row>);
        merged.set(row.id, { ...known, [name]: row });
      }
    }),
  );
  return [...merged.values()];
}
