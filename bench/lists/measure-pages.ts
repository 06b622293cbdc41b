import type { Database } from '@waybill/kernel/database.js';
import { type Spread, spreadOf } from '../report/statistics.js';
import { type Plan, type PlanNode, planOf } from './plan.js';

export type Reader = Pick<Database, 'query'>;

/** Reads a page of a list; the cursors of its rows. */
export type ReadPage = (
  db: Reader,
  page: { limit: number; after: string | undefined },
) => Promise<string[]>;

/** A page of a list at one size. */
export interface PageMeasured {
  /** From 1; the last full one where the list is shorter than it should be. */
  page: number;
  ms: Spread;
  /** Of the statement that read the page. */
  plan: Plan;
}

export const PAGE = 20;
const DEEP = 1000;
/** Each page is read so often, and for no longer than so many milliseconds. */
const READS = 40;
const PATIENCE_MS = 2000;

/** Page 1, and page 1,000 or the last full one. */
export async function measurePages(db: Reader, read: ReadPage): Promise<PageMeasured[]> {
  const long = await read(db, { limit: (DEEP - 1) * PAGE, after: undefined });
  const isDeep = long.length === (DEEP - 1) * PAGE;
  const deep = isDeep ? DEEP : Math.floor(long.length / PAGE);
  const pages = deep > 1 ? [1, deep] : [1];
  const cursors = pages.map((page) => long[(page - 1) * PAGE - 1]);
  const times = await readInTurns(db, read, cursors);
  const measured = cursors.map(async (after, i) => ({
    page: pages[i] ?? 1,
    ms: spreadOf(times[i] ?? []) as Spread,
    plan: await planOfPage(db, read, after),
  }));
  return Promise.all(measured);
}

/** Milliseconds of each read of each page; pages take turns, so that what disturbs one disturbs the other. */
async function readInTurns(db: Reader, read: ReadPage, cursors: Array<string | undefined>) {
  const times: number[][] = cursors.map(() => []);
  const end = performance.now() + PATIENCE_MS;
  for (let n = 0; n < READS && (n < 3 || performance.now() < end); n++) {
    for (const [i, after] of cursors.entries()) {
      const start = performance.now();
      await read(db, { limit: PAGE + 1, after });
      times[i]?.push(performance.now() - start);
    }
  }
  return times;
}

/** The last statement is the one that reads the page; those before it say from which index. */
async function planOfPage(db: Reader, read: ReadPage, after: string | undefined): Promise<Plan> {
  const asked: Array<{ text: string; values: unknown[] }> = [];
  const noting: Reader = {
    query: (name, text, values = []) => {
      asked.push({ text, values });
      return db.query(name, text, values);
    },
  };
  await read(noting, { limit: PAGE + 1, after });
  const { text, values } = asked.at(-1) ?? { text: 'select', values: [] };
  const explain = `explain (analyze, buffers, format json) ${text}`;
  type Explained = { 'QUERY PLAN': Array<{ Plan: PlanNode }> };
  const [row] = await db.query<Explained & Record<string, unknown>>('', explain, values);
  const root = row?.['QUERY PLAN'][0]?.Plan;
  if (!root) throw new Error('PostgreSQL tells no plan');
  return planOf(root);
}
