import { createHash } from 'node:crypto';
import type { Database, Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';

const PART_BYTES = 1024 * 1024;

export interface StoredFile {
  fileId: string;
  /** Tells files apart by what is in them. */
  fileHash: string;
}

/**
 * Keeps a file as it comes, part by part, and no transaction open for however long that takes. It counts only once an
 * import names it; one that broke off leaves nothing.
 */
export async function storeFile(
  { query }: Pick<Database, 'query'>,
  bytes: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const fileId = newId();
  const hash = createHash('sha256');
  let part = 0;
  try {
    for await (const each of parts(bytes)) {
      hash.update(each);
      await query(
        'bulk.storePart',
        'insert into bulk_files (file_id, part, bytes) values ($1, $2, $3)',
        [fileId, part, each],
      );
      part += 1;
    }
    return { fileId, fileHash: hash.digest('base64url') };
  } catch (error) {
    await forgetFile(query, fileId);
    throw error;
  }
}

async function* parts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunks.push(chunk) > 0 ? chunk.length : 0;
    if (size < PART_BYTES) continue;
    yield Buffer.concat(chunks);
    [chunks, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(chunks);
}

/** The bytes of a file, one part after the other. */
export async function* readFile(query: Query, fileId: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part += 1) {
    const [row] = await query<{ bytes: Buffer }>(
      'bulk.readPart',
      'select bytes from bulk_files where file_id = $1 and part = $2',
      [fileId, part],
    );
    if (!row) return;
    yield row.bytes;
  }
}

export async function forgetFile(query: Query, fileId: string): Promise<void> {
  await query('bulk.forgetFile', 'delete from bulk_files where file_id = $1', [fileId]);
}
