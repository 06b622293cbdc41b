import type { Query } from '@waybill/kernel/database.js';
import type { Findings, Totals } from './findings.js';
import type { BulkImportStatus } from './import-row.js';

/** Rows in one statement. */
const CHUNK = 5000;

interface Stored {
  status: BulkImportStatus;
  totals: Totals | null;
  hash: string | null;
  findings: Pick<Findings<unknown>, 'differences' | 'problems'>;
}

/** Puts what a check has found in the place of what the one before had. */
export async function storeFindings(
  query: Query,
  importId: string,
  { status, totals, hash, findings: { differences, problems } }: Stored,
): Promise<void> {
  await query('bulk.forgetDifferences', 'delete from bulk_differences where import_id = $1', [
    importId,
  ]);
  await query('bulk.forgetProblems', 'delete from bulk_problems where import_id = $1', [importId]);
  for (const [json, offset] of chunks(differences)) {
    await query('bulk.storeDifferences', DIFFERENCES, [importId, offset, json]);
  }
  for (const [json, offset] of chunks(problems)) {
    await query('bulk.storeProblems', PROBLEMS, [importId, offset, json]);
  }
  await query(
    'bulk.checked',
    `update bulk_imports set status = $2, totals = $3, findings_hash = $4, checked_at = now()
     where id = $1`,
    [importId, status, totals && JSON.stringify(totals), hash],
  );
}

function* chunks(rows: readonly object[]): Generator<[json: string, offset: number]> {
  for (let i = 0; i < rows.length; i += CHUNK) yield [JSON.stringify(rows.slice(i, i + CHUNK)), i];
}

const DIFFERENCES = `
  insert into bulk_differences (import_id, position, line, sku, location, is_new, changes)
  select $1, $2::integer + n, line, sku, location, "isNew", changes
  from rows from (json_to_recordset($3) as
      (line integer, sku text, location text, "isNew" boolean, changes jsonb))
    with ordinality as row (line, sku, location, "isNew", changes, n)`;

const PROBLEMS = `
  insert into bulk_problems (import_id, position, line, column_name, code, message)
  select $1, $2::integer + n, line, "column", code, message
  from rows from (json_to_recordset($3) as (line integer, "column" text, code text, message text))
    with ordinality as row (line, "column", code, message, n)`;
