import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SILENT_LOG } from '../log.js';
import { memoryLog } from '../testing/memory-log.js';
import { redisStore } from './redis-store.js';

const { REDIS_URL: url } = process.env;

/** The way to Redis, which can be blocked, so that nothing gets through any more, or dropped. */
async function blockableRedis(redisUrl: string) {
  const { hostname, port } = new URL(redisUrl);
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const upstream = createConnection(Number(port || 6379), hostname);
    client.pipe(upstream).pipe(client);
    sockets.push(client, upstream);
    for (const socket of [client, upstream]) socket.on('error', () => {});
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const drop = () => {
    for (const socket of sockets.splice(0)) socket.destroy();
  };
  onTestFinished(() => {
    drop();
    server.close();
  });
  const address = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const block = () => {
    for (const socket of sockets) socket.unpipe();
  };
  return { url: address, block, drop };
}

function openedStore(address: string, log = SILENT_LOG, deadlineMs = 1_000) {
  const store = redisStore({ url: address, prefix: 'test:', deadlineMs, log });
  onTestFinished(() => store.close());
  return store;
}

it('a Redis that is away has no answers, and the log says so', async () => {
  const log = memoryLog();
  const store = openedStore('redis://127.0.0.1:1', log);
  await expect.poll(() => log.text()).toContain('The response cache has no Redis');
  store.set('a', 'one', 60);
  expect(await store.get(['a'])).toEqual([]);
});

describe.runIf(url)('a Redis', () => {
  it('that is slow is waited for until the deadline, and then left alone', async () => {
    const redis = await blockableRedis(url ?? '');
    const log = memoryLog();
    const store = openedStore(redis.url, log, 100);
    await expect.poll(() => store.get(['a'])).toEqual([undefined]);
    redis.block();
    const start = performance.now();
    expect(await store.get(['a'])).toEqual([]);
    const waited = performance.now();
    for (let i = 0; i < 10; i++) expect(await store.get(['a'])).toEqual([]);
    expect(waited - start).toBeGreaterThan(90);
    expect(waited - start).toBeLessThan(600);
    expect(performance.now() - waited).toBeLessThan(50);
    expect(log.text().match(/has no Redis/g)).toHaveLength(1);
  });

  it('that goes away has no answers until it is back', async () => {
    const redis = await blockableRedis(url ?? '');
    const store = openedStore(redis.url);
    await expect.poll(() => store.get(['a'])).toEqual([undefined]);
    redis.drop();
    await expect.poll(() => store.get(['a'])).toEqual([]);
    await expect.poll(() => store.get(['a']), { timeout: 4_000 }).toEqual([undefined]);
  });
});
