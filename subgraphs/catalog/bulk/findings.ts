import { createHash } from 'node:crypto';
import type { Query } from '@waybill/kernel/database.js';
import type { StorefrontRow } from '../storefronts/storefront.js';
import type { BulkProblemCode } from './problem-code.js';

/** One line of a file: text from CSV, any value from JSON. A column that the file does not have is absent. */
export interface Line {
  /** Where it begins in the file, from 1. */
  number: number;
  cells: Readonly<Record<string, unknown>>;
}

/** What is wrong with a line; of the column, where it is about one. */
export interface Problem {
  line: number;
  column: string | null;
  code: BulkProblemCode;
  message: string;
}

/** What a line changes, as it would stand in a cell; null: nothing. */
export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

export interface Difference {
  line: number;
  sku: string;
  /** Of stock: the code of the location. */
  location: string | null;
  isNew: boolean;
  changes: Change[];
}

/** Of one kind of import; see BulkTotals. */
export interface KindTotals {
  products?: { products: number; variants: number; categories: number };
  prices?: { up: number; down: number; lowest: string | null; highest: string | null };
  stock?: { unitsBefore: number; unitsAfter: number };
}

export interface Totals extends KindTotals {
  lines: number;
  created: number;
  changed: number;
  unchanged: number;
  wrong: number;
}

/** What holding a file against the catalog has found. */
export interface Findings<Plan> {
  differences: Difference[];
  problems: Problem[];
  totals: KindTotals;
  /** Whether the same file once more would change more. */
  addsUp?: boolean;
  plan: Plan;
}

/** In which storefront and at which location lines count that name none, and who changes it and why. */
export interface Setting {
  importId: string;
  storefront: StorefrontRow;
  location: string;
  actor: string;
  note: string | null;
  /** Below how many units variants are low of which nobody said. */
  lowStockThreshold: number;
}

/** Thrown where the catalog cannot be written as was shown. */
export class ChangedSince extends Error {}

/** How one kind of file is read, held against the catalog and written into it. */
export interface BulkKind<Plan> {
  /** Columns that a file may have, with `sku` first, which it must have. */
  columns: readonly string[];
  /** Changes nothing. With `lock`, nobody else changes what was found until the end of the transaction. */
  compare(
    query: Query,
    lines: readonly Line[],
    setting: Setting,
    lock: boolean,
  ): Promise<Findings<Plan>>;
  /** Makes it so; what is wrong is left out. Throws ChangedSince. */
  write(query: Query, plan: Plan, setting: Setting): Promise<void>;
}

/** How many of the lines do what. */
export function totalsOf(
  lines: number,
  { differences, problems, totals }: Findings<unknown>,
): Totals {
  const created = differences.filter(({ isNew }) => isNew).length;
  const changed = differences.length - created;
  const wrong = new Set(problems.map(({ line }) => line)).size;
  const unchanged = lines - created - changed - wrong;
  return { lines, created, changed, unchanged, wrong, ...totals };
}

/** Tells whether two looks have found the same. */
export function hashOfFindings({ differences, problems }: Findings<unknown>): string {
  const hash = createHash('sha256');
  for (const each of differences) hash.update(JSON.stringify(each));
  for (const each of problems) hash.update(JSON.stringify(each));
  return hash.digest('base64url');
}
