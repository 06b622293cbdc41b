import type { Database } from '@waybill/kernel/database.js';
import { isUuid } from '@waybill/kernel/ids.js';
import {
  bytesOf,
  type RawAnswer,
  type RawHandler,
  type RawRequest,
} from '@waybill/kernel/raw-request.js';
import { hashOf } from '../ticket.js';
import type { BlobStore } from './blob-store.js';
import { MAX_BYTES, resized } from './resize.js';

/** Takes images that are awaited and serves those that are here, to anybody. */
export function imageFiles(db: Database, blobs: BlobStore): RawHandler {
  return async (request) => {
    const [, , folder = '', name = '', size = ''] = request.path.split('/');
    if (folder === 'uploads' && request.method === 'PUT') return take(db, blobs, name, request);
    if (folder === 'images' && ['GET', 'HEAD'].includes(request.method)) {
      return serve(blobs, name, size, request);
    }
    return refused(404, 'NOT_FOUND');
  };
}

const refused = (status: number, code: string): RawAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ code }),
});

const FOREVER = {
  'content-type': 'image/webp',
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'",
};

async function serve(
  blobs: BlobStore,
  id: string,
  size: string,
  { headers, method }: RawRequest,
): Promise<RawAnswer> {
  if (!isUuid(id) || !/^[1-9]\d{0,4}\.webp$/.test(size)) return refused(404, 'NOT_FOUND');
  const etag = `"${id}-${size}"`;
  if (headers['if-none-match'] === etag) return { status: 304, headers: { ...FOREVER, etag } };
  const bytes = await blobs.get(`images/${id}/${size}`);
  if (!bytes) return refused(404, 'NOT_FOUND');
  return { status: 200, headers: { ...FOREVER, etag }, ...(method === 'GET' && { body: bytes }) };
}

/** The blobs come first: whoever sees the image finds them. */
async function take(
  db: Database,
  blobs: BlobStore,
  token: string,
  request: RawRequest,
): Promise<RawAnswer> {
  const [awaited] = await db.query<{ id: string }>(
    'images.awaited',
    'select id from images where token_hash = $1 and expires_at > now()',
    [hashOf(token)],
  );
  if (!awaited) return refused(404, 'NOT_AWAITED');
  const image = await resized(await bytesOf(request, MAX_BYTES));
  if (!image) return refused(415, 'NO_IMAGE');
  for (const [width, bytes] of image.sizes) {
    await blobs.put(`images/${awaited.id}/${width}.webp`, bytes, 'image/webp');
  }
  const taken = await db.query(
    'images.take',
    `update images set token_hash = null, expires_at = null, width = $2, height = $3, widths = $4
     where id = $1 and token_hash is not null returning id`,
    [awaited.id, image.width, image.height, [...image.sizes.keys()]],
  );
  if (taken.length === 0) return refused(404, 'NOT_AWAITED');
  return {
    status: 201,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ width: image.width, height: image.height }),
  };
}
