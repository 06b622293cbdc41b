import type { Query } from '@waybill/kernel/database.js';
import { type Identity, isWithin } from '@waybill/kernel/identity.js';
import { globalId } from '@waybill/kernel/ids.js';
import { registerEnumType } from 'type-graphql';
import type { Totals } from './findings.js';

export const bulkImportIds = globalId('BulkImport');

export enum BulkKindName {
  PRODUCTS = 'PRODUCTS',
  PRICES = 'PRICES',
  STOCK = 'STOCK',
}

registerEnumType(BulkKindName, {
  name: 'BulkKind',
  description: 'What a file is about.',
  valuesConfig: {
    PRODUCTS: { description: 'Products and their variants, a line for each variant.' },
    PRICES: { description: 'What variants cost in a storefront, now or from a time on.' },
    STOCK: { description: 'What was counted at a location, came in or went missing.' },
  },
});

export enum BulkFormat {
  CSV = 'CSV',
  JSON_LINES = 'JSON_LINES',
}

registerEnumType(BulkFormat, {
  name: 'BulkFormat',
  description: 'How a file is written, in UTF-8.',
  valuesConfig: {
    CSV: { description: 'Cells with commas between them, below a header (RFC 4180).' },
    JSON_LINES: { description: 'One JSON object on each line.' },
  },
});

export enum BulkImportStatus {
  AWAITING_FILE = 'AWAITING_FILE',
  FAILED = 'FAILED',
  WORKING = 'WORKING',
  CHECKED = 'CHECKED',
  APPLIED = 'APPLIED',
}

registerEnumType(BulkImportStatus, {
  name: 'BulkImportStatus',
  description: 'How far an import is.',
  valuesConfig: {
    AWAITING_FILE: { description: 'No file has come.' },
    FAILED: { description: 'The file could not be read: `problems` say why. Send another one.' },
    WORKING: { description: 'A file is just being checked or applied: ask again.' },
    CHECKED: {
      description:
        'It is known what the file changes, and nothing has changed. Another file may be sent in its place.',
    },
    APPLIED: { description: 'The catalog is as the file says.' },
  },
});

/** An import as the table holds it. */
export interface ImportRow {
  id: string;
  kind: BulkKindName;
  format: BulkFormat;
  storefrontId: string | null;
  location: string;
  note: string | null;
  status: BulkImportStatus;
  createdBy: string;
  createdAt: string;
  fileId: string | null;
  fileHash: string | null;
  checkedAt: string | null;
  appliedBy: string | null;
  appliedAt: string | null;
  totals: Totals | null;
  findingsHash: string | null;
}

/** The columns of an ImportRow. */
export const IMPORT_COLUMNS = `id, kind, format, storefront_id as "storefrontId", location, note, status,
  created_by as "createdBy", created_at as "createdAt", file_id as "fileId", file_hash as "fileHash",
  checked_at as "checkedAt", applied_by as "appliedBy", applied_at as "appliedAt", totals,
  findings_hash as "findingsHash"`;

/** Whose storefront it is not sees none; one that is of no storefront is everybody's who works here. */
export const maySee = (identity: Identity, { storefrontId }: ImportRow) =>
  storefrontId === null || isWithin(identity, storefrontId);

/** The import with this API id, locked, if there is one that the caller may see. */
export async function lockImport(
  query: Query,
  identity: Identity,
  id: string,
): Promise<ImportRow | undefined> {
  const uuid = bulkImportIds.decode(id);
  const row = uuid ? await lockImportById(query, uuid) : undefined;
  return row && maySee(identity, row) ? row : undefined;
}

/** SQL of the name of the lock that whoever checks or applies an import holds until the end of the transaction. */
const AT_WORK = 'hashtextextended(bulk_imports.id::text, 0)';

/** SQL of the status as others see it: nothing has to be put right where a process dies at work. */
export const STATUS_NOW = `case when status <> 'APPLIED' and not pg_try_advisory_xact_lock_shared(${AT_WORK})
  then 'WORKING' else status end`;

export async function lockImportById(query: Query, uuid: string): Promise<ImportRow | undefined> {
  await query(
    'bulk.atWork',
    `select pg_advisory_xact_lock(${AT_WORK}) from bulk_imports where id = $1`,
    [uuid],
  );
  const [row] = await query<ImportRow>(
    'bulk.lockImport',
    `select ${IMPORT_COLUMNS} from bulk_imports where id = $1 for no key update`,
    [uuid],
  );
  return row;
}
