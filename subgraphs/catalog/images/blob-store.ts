import { isAbsolute, resolve } from 'node:path';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';

/** Where blobs are kept, by name. */
export interface BlobStore {
  put(name: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** Undefined where there is none. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Removes all whose names begin so. */
  removeAll(prefix: string): Promise<void>;
}

/**
 * `file:FOLDER`, or `s3://KEY:SECRET@HOST/BUCKET?region=eu-west-1` for anything that speaks S3 (`&tls=false` without
 * encryption). What S3 needs is loaded only where it is asked for.
 */
export async function openBlobStore(address: string): Promise<BlobStore> {
  return blobsOf(new Disk(address.startsWith('s3:') ? await s3Of(address) : filesOf(address)));
}

function filesOf(address: string): FSDriver {
  const folder = address.replace(/^file:(\/\/)?/, '');
  const location = isAbsolute(folder) ? folder : resolve(folder);
  return new FSDriver({ location, visibility: 'private' });
}

async function s3Of(address: string) {
  const { S3Driver } = await import('flydrive/drivers/s3');
  const { host, pathname, searchParams, username, password } = new URL(address);
  const scheme = searchParams.get('tls') === 'false' ? 'http' : 'https';
  return new S3Driver({
    credentials: {
      accessKeyId: decodeURIComponent(username),
      secretAccessKey: decodeURIComponent(password),
    },
    endpoint: `${scheme}://${host}`,
    forcePathStyle: true,
    region: searchParams.get('region') ?? 'us-east-1',
    bucket: pathname.slice(1),
    supportsACL: false,
    visibility: 'private',
  });
}

function blobsOf(disk: Disk): BlobStore {
  return {
    put: (name, bytes, contentType) => disk.put(name, bytes, { contentType }),
    get: async (name) => ((await disk.exists(name)) ? disk.getBytes(name) : undefined),
    removeAll: (prefix) => disk.deleteAll(prefix),
  };
}
