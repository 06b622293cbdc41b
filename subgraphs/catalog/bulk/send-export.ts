import { Readable } from 'node:stream';
import type { Query } from '@waybill/kernel/database.js';
import type { Log } from '@waybill/kernel/log.js';
import type { RawAnswer } from '@waybill/kernel/raw-request.js';
import { stringify } from 'csv-stringify/sync';
import { hashOf } from '../ticket.js';
import { type Cells, columnsOf, type ExportRow, exportedLines } from './export-pages.js';
import { BulkFormat } from './import-row.js';

const TYPES = {
  [BulkFormat.CSV]: { type: 'text/csv; charset=utf-8', ending: 'csv' },
  [BulkFormat.JSON_LINES]: { type: 'application/jsonl; charset=utf-8', ending: 'jsonl' },
};

/** The file of an export, made while it is sent; undefined where there is none, or none any more. */
export async function sendExport(
  query: Query,
  token: string,
  log: Log,
): Promise<RawAnswer | undefined> {
  const [row] = await query<ExportRow>(
    'bulk.offered',
    `select kind, format, storefront_id as "storefrontId", currency, location
     from bulk_exports join storefronts on storefronts.id = storefront_id
     where token_hash = $1 and expires_at > now()`,
    [hashOf(token)],
  );
  if (!row) return undefined;
  const { type, ending } = TYPES[row.format];
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${row.kind.toLowerCase()}.${ending}"`,
      'cache-control': 'no-store',
    },
    body: Readable.from(written(query, row, log), { objectMode: false, highWaterMark: 1 }),
  };
}

async function* written(query: Query, row: ExportRow, log: Log): AsyncGenerator<string> {
  const columns = columnsOf(row.kind);
  try {
    if (row.format === BulkFormat.CSV) yield csv([columns]);
    for await (const lines of exportedLines(query, row)) {
      yield row.format === BulkFormat.CSV
        ? csv(lines.map((cells) => columns.map((column) => cells[column])))
        : lines.map((cells) => `${JSON.stringify(inJson(cells))}\n`).join('');
    }
  } catch (error) {
    // Whoever fetches it sees no more than that it broke off.
    log.error({ err: error, kind: row.kind }, 'an export failed');
    throw error;
  }
}

const csv = (rows: ReadonlyArray<readonly unknown[]>) =>
  stringify(rows as unknown[][], { quoted_match: /[\r\n]/ });

/** What is JSON in a cell is JSON here, too. */
const inJson = ({ attributes, published, active, ...cells }: Cells) => ({
  ...cells,
  ...(attributes !== undefined && { attributes: JSON.parse(String(attributes)) }),
  ...(published !== undefined && { published: published === 'true' }),
  ...(active !== undefined && { active: active === 'true' }),
});
