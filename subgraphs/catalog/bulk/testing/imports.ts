import { Readable } from 'node:stream';
import type { Identity } from '@waybill/kernel/identity.js';
import { STAFF, type TestCatalog } from '../../testing/catalog.js';

export interface Imported {
  id: string;
  status: string;
  totals: Record<string, unknown> | null;
  differences: { edges: Array<{ node: Record<string, unknown> }> };
  problems: { edges: Array<{ node: Record<string, unknown> }> };
}

export interface Answer {
  bulkImport: Imported | null;
  userErrors: Array<{ code: string; field: string[] }>;
}

const IMPORT = `id status totals {
    lines created changed unchanged wrong products { products variants categories } prices { up down lowest highest } stock { unitsBefore unitsAfter } }
  differences(first: 100) { edges { node { line sku location isNew changes { field before after } } } }
  problems(first: 100) { edges { node { line column code message } } }`;

/** Begins an import; answers its id and the path for its file. */
export async function createImport(catalog: TestCatalog, input: object, as: Identity = STAFF) {
  const source = `mutation ($input: CreateBulkImportInput!) {
    createBulkImport(input: $input) { bulkImport { id } upload { path } userErrors { code field } } }`;
  const { createBulkImport } = await catalog.ask<{
    createBulkImport: {
      bulkImport: { id: string } | null;
      upload: { path: string } | null;
      userErrors: object[];
    };
  }>(source, { input }, as);
  const { bulkImport, upload, userErrors } = createBulkImport;
  return { id: bulkImport?.id ?? '', path: upload?.path ?? '', userErrors };
}

export const put = (catalog: TestCatalog, path: string, file: string | Buffer) =>
  catalog.files({ method: 'PUT', path, headers: {}, body: Readable.from(Buffer.from(file)) });

/** What an import is now. */
export async function readImport(catalog: TestCatalog, id: string, as: Identity = STAFF) {
  const source = `query ($id: ID!) { bulkImport(id: $id) { ${IMPORT} } }`;
  return (await catalog.ask<{ bulkImport: Imported | null }>(source, { id }, as)).bulkImport;
}

/** An import with its file; what the check has found. */
export async function sent(catalog: TestCatalog, input: object, file: string | Buffer) {
  const { id, path } = await createImport(catalog, input);
  await put(catalog, path, file);
  const imported = await readImport(catalog, id);
  if (!imported) throw new Error('there is no import');
  return imported;
}

export async function apply(catalog: TestCatalog, input: object, as: Identity = STAFF) {
  const source = `mutation ($input: ApplyBulkImportInput!) {
    applyBulkImport(input: $input) { bulkImport { ${IMPORT} } userErrors { code field } } }`;
  return (await catalog.ask<{ applyBulkImport: Answer }>(source, { input }, as)).applyBulkImport;
}

export async function check(catalog: TestCatalog, id: string, as: Identity = STAFF) {
  const source = `mutation ($input: CheckBulkImportInput!) {
    checkBulkImport(input: $input) { bulkImport { ${IMPORT} } userErrors { code field } } }`;
  return (await catalog.ask<{ checkBulkImport: Answer }>(source, { input: { id } }, as))
    .checkBulkImport;
}

export const nodes = ({ edges }: Imported['differences']) => edges.map(({ node }) => node);
