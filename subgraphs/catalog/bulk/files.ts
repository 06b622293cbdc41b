import type { Database, Query } from '@waybill/kernel/database.js';
import type { Log } from '@waybill/kernel/log.js';
import type { RawAnswer, RawHandler, RawRequest } from '@waybill/kernel/raw-request.js';
import { hashOf } from '../ticket.js';
import { checkFile } from './check-file.js';
import { forgetFile, storeFile } from './file-parts.js';
import { BulkImportStatus, type ImportRow, lockImportById } from './import-row.js';
import { sendExport } from './send-export.js';

/** Takes the files of imports and checks them, and sends those of exports: from and to whoever has the path. */
export function bulkFiles(db: Database, lowStockThreshold: number, log: Log): RawHandler {
  return async (request) => {
    const [, , folder, token = ''] = request.path.split('/');
    if (folder === 'imports' && request.method === 'PUT') {
      return take(db, token, request, lowStockThreshold);
    }
    const isRead = folder === 'exports' && request.method === 'GET';
    const sent = isRead ? await sendExport(db.query, token, log) : undefined;
    return sent ?? answer(404, { code: 'NOT_FOUND' });
  };
}

const answer = (status: number, body: object): RawAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

async function take(
  db: Database,
  token: string,
  { body }: RawRequest,
  lowStockThreshold: number,
): Promise<RawAnswer> {
  const importId = await awaiting(db.query, token);
  if (!importId) return answer(404, { code: 'NOT_AWAITED' });
  const file = await storeFile(db, body);
  return db.transaction(async (query) => {
    const row = await lockImportById(query, importId);
    if (!row || row.status === BulkImportStatus.APPLIED) {
      await forgetFile(query, file.fileId);
      return answer(404, { code: 'NOT_AWAITED' });
    }
    if (row.fileId) await forgetFile(query, row.fileId);
    await nameFile(query, importId, file);
    const checking = { query, actor: row.createdBy, lowStockThreshold };
    const status = await checkFile(checking, { ...row, ...file });
    return told(query, importId, status);
  });
}

async function awaiting(query: Query, token: string): Promise<string | undefined> {
  const [row] = await query<{ id: string }>(
    'bulk.awaiting',
    `select id from bulk_imports where token_hash = $1 and expires_at > now() and status <> 'APPLIED'`,
    [hashOf(token)],
  );
  return row?.id;
}

async function nameFile(
  query: Query,
  importId: string,
  { fileId, fileHash }: { fileId: string; fileHash: string },
): Promise<void> {
  await query(
    'bulk.nameFile',
    'update bulk_imports set file_id = $2, file_hash = $3 where id = $1',
    [importId, fileId, fileHash],
  );
}

/** What was found, for who sends a file by hand: `bulkImport` tells it all. */
async function told(query: Query, importId: string, status: BulkImportStatus): Promise<RawAnswer> {
  if (status === BulkImportStatus.CHECKED) {
    const [row] = await query<Pick<ImportRow, 'totals'>>(
      'bulk.totals',
      'select totals from bulk_imports where id = $1',
      [importId],
    );
    return answer(200, { status, totals: row?.totals });
  }
  const [problem] = await query<{
    line: number;
    column: string | null;
    code: string;
    message: string;
  }>(
    'bulk.firstProblem',
    `select line, column_name as "column", code, message from bulk_problems where import_id = $1 limit 1`,
    [importId],
  );
  return answer(problem?.code === 'NOT_TEXT' ? 415 : 422, { status, ...problem });
}
