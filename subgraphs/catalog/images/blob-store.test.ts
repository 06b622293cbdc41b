import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// @ts-expect-error it has no types
import S3rver from 's3rver';
import { afterAll, describe, expect, it } from 'vitest';
import { openBlobStore } from './blob-store.js';

const closing: Array<() => Promise<unknown>> = [];
afterAll(async () => {
  for (const close of closing) await close();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'blobs-'));
  closing.push(() => rm(path, { recursive: true }));
  return path;
}

/** A server that speaks S3, with one bucket. */
async function s3(): Promise<string> {
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: await folder(),
    configureBuckets: [{ name: 'images', configs: [] }],
  });
  const { port }: AddressInfo = await server.run();
  closing.unshift(() => server.close());
  return `s3://S3RVER:S3RVER@127.0.0.1:${port}/images?region=eu-west-1&tls=false`;
}

describe.each([
  ['a folder', async () => `file:${await folder()}`],
  ['S3', s3],
])('blobs in %s', (_, address) => {
  it('are kept by name until they are removed', async () => {
    const store = await openBlobStore(await address());
    const bytes = new Uint8Array([0, 1, 255]);
    await store.put('images/a/1.webp', bytes, 'image/webp');
    await store.put('images/b/1.webp', bytes, 'image/webp');
    expect(new Uint8Array((await store.get('images/a/1.webp')) ?? [])).toEqual(bytes);
    expect(await store.get('images/a/2.webp')).toBeUndefined();
    await store.removeAll('images/a');
    expect(await store.get('images/a/1.webp')).toBeUndefined();
    expect(await store.get('images/b/1.webp')).toBeDefined();
  });
});
