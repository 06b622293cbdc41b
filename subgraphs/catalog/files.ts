import type { Database } from '@waybill/kernel/database.js';
import type { Log } from '@waybill/kernel/log.js';
import type { RawHandler } from '@waybill/kernel/raw-request.js';
import { bulkFiles } from './bulk/files.js';
import type { BlobStore } from './images/blob-store.js';
import { imageFiles } from './images/files.js';

/** Takes and serves files by their paths: those of bulk imports and exports, and images. */
export function catalogFiles(
  db: Database,
  blobs: BlobStore,
  lowStockThreshold: number,
  log: Log,
): RawHandler {
  const images = imageFiles(db, blobs);
  const bulk = bulkFiles(db, lowStockThreshold, log);
  return (request) => (/^\/files\/(im|ex)ports\//.test(request.path) ? bulk : images)(request);
}
