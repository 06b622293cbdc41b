import type { Query } from '@waybill/kernel/database.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { storefrontsById } from '../storefronts/loaders.js';
import { readFile } from './file-parts.js';
import {
  type BulkKind,
  type Findings,
  hashOfFindings,
  type Line,
  type Problem,
  type Setting,
  totalsOf,
} from './findings.js';
import { BulkImportStatus, type ImportRow } from './import-row.js';
import { bulkKinds } from './kinds.js';
import { BadFile, readLines } from './read-lines.js';
import { storeFindings } from './store-findings.js';

/** What the whole system says of stock where nobody said otherwise; see CatalogContext. */
export interface Checking {
  query: Query;
  actor: string;
  lowStockThreshold: number;
}

/** A file held against the catalog, and what is needed to write it. */
export interface Compared {
  lines: number;
  findings: Findings<unknown>;
  hash: string;
  addsUp: boolean;
  write(): Promise<void>;
}

/** Reads the file of an import and holds each line against what is there. Throws BadFile. */
export async function compareFile(
  checking: Checking,
  row: ImportRow,
  lock: boolean,
): Promise<Compared> {
  const kind: BulkKind<unknown> = bulkKinds[row.kind];
  const { query } = checking;
  const file = await readLines(readFile(query, row.fileId ?? ''), row.format, kind.columns);
  const setting = await settingOf(checking, row);
  const compared = await kind.compare(query, file.lines, setting, lock);
  const findings = { ...compared, problems: inOrder([...file.problems, ...compared.problems]) };
  return {
    lines: countLines(file.lines, file.problems),
    findings,
    hash: hashOfFindings(findings),
    addsUp: compared.addsUp ?? false,
    write: () => kind.write(query, compared.plan, setting),
  };
}

const inOrder = (problems: Problem[]) => problems.toSorted((a, b) => a.line - b.line);

/** A line that could not be read has one problem. */
const countLines = (lines: readonly Line[], unread: readonly Problem[]) =>
  lines.length + unread.length;

async function settingOf(
  { query, actor, lowStockThreshold }: Checking,
  { id: importId, storefrontId, location, note }: ImportRow,
): Promise<Setting> {
  const [storefront] = await storefrontsById({ query }, [storefrontId ?? MAIN_STOREFRONT_ID]);
  if (!storefront) throw new Error(`an import has no storefront ${storefrontId}`);
  return { importId, storefront, location, actor, note, lowStockThreshold };
}

/** Writes down what the file of an import would change; nothing of the catalog changes. The import is locked. */
export async function checkFile(checking: Checking, row: ImportRow): Promise<BulkImportStatus> {
  try {
    const { lines, findings, hash } = await compareFile(checking, row, false);
    await storeFindings(checking.query, row.id, {
      status: BulkImportStatus.CHECKED,
      totals: totalsOf(lines, findings),
      hash,
      findings,
    });
    return BulkImportStatus.CHECKED;
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    const findings = { differences: [], problems: [error.problem] };
    const status = BulkImportStatus.FAILED;
    await storeFindings(checking.query, row.id, { status, totals: null, hash: null, findings });
    return status;
  }
}
