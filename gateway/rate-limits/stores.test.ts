import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testGateway } from '../testing/graph.js';
import { post } from '../testing/http.js';
import { memoryLog } from '../testing/memory-log.js';
import type { RateLimitPolicy } from './bucket.js';
import { memoryRateLimits } from './memory-store.js';
import { redisRateLimits } from './redis-store.js';

const POLICY: RateLimitPolicy = { capacity: 10, refillPerSecond: 1 };
const { REDIS_URL: redisUrl } = process.env;

describe('buckets in memory', () => {
  it('fill up again as time passes', async () => {
    let now = 0;
    const store = memoryRateLimits({ clock: () => now });
    expect(await store.take('a', 10, POLICY)).toMatchObject({ allowed: true, available: 0 });
    expect(await store.take('a', 4, POLICY)).toMatchObject({
      allowed: false,
      waitMs: expect.closeTo(4_000),
    });
    now = 3_999;
    expect(await store.take('a', 4, POLICY)).toMatchObject({
      allowed: false,
      waitMs: expect.closeTo(1),
    });
    now = 4_000;
    expect(await store.take('a', 4, POLICY)).toMatchObject({ allowed: true, available: 0 });
    now = 1_000_000;
    expect(await store.take('a', 1, POLICY)).toMatchObject({ allowed: true, available: 9 });
  });

  it('are as many as there is room for', async () => {
    const store = memoryRateLimits({ maxKeys: 2, clock: () => 0 });
    for (const key of ['a', 'b', 'c']) await store.take(key, 10, POLICY);
    expect(await store.take('c', 1, POLICY)).toMatchObject({ allowed: false });
    expect(await store.take('a', 1, POLICY)).toMatchObject({ allowed: true });
  });
});

function redis(url: string, log = memoryLog()) {
  const store = redisRateLimits({ url, prefix: `test-${randomUUID()}:`, timeoutMs: 2_000, log });
  onTestFinished(() => store.close());
  return { store, log };
}

describe.skipIf(!redisUrl)('buckets in Redis', () => {
  const url = redisUrl ?? '';

  it('are shared: together two processes take no more than one may', async () => {
    const prefix = `test-${randomUUID()}:`;
    const shared = () => redisRateLimits({ url, prefix, timeoutMs: 10_000 });
    const stores = [shared(), shared()];
    const slow = { capacity: 50, refillPerSecond: 0.001 };
    const verdicts = await Promise.all(
      Array.from({ length: 100 }, (_, n) => stores[n % 2]?.take('a', 1, slow)),
    );
    expect(verdicts.filter((verdict) => verdict?.allowed)).toHaveLength(50);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('decide as those in memory do', async () => {
    const { store } = redis(url);
    // Nothing flows back during the test.
    const slow = { capacity: 100, refillPerSecond: 1e-6 };
    const costs = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(costs, async (all) => {
        const memory = memoryRateLimits({ clock: () => 0 });
        const key = randomUUID();
        for (const cost of all) {
          const { allowed, available } = await store.take(key, cost, slow);
          const expected = await memory.take(key, cost, slow);
          expect(allowed).toBe(expected.allowed);
          expect(available).toBeCloseTo(expected.available, 3);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are counted again once Redis is back', async () => {
    const way = await wayTo(url);
    const { store, log } = redis(way.url);
    const slow = { capacity: 10, refillPerSecond: 0.001 };
    expect(await store.take('a', 9, slow)).toMatchObject({ allowed: true });
    await way.close();
    expect(await store.take('a', 4, slow)).toMatchObject({ available: expect.closeTo(6) });
    await way.reopen();
    const again = async () => {
      await store.take('b', 1, slow);
      return log.text();
    };
    await expect.poll(again).toContain('counted in Redis again');
    expect(await store.take('a', 1, slow)).toMatchObject({ available: expect.closeTo(0) });
  });

  it('fill up again as time passes', async () => {
    const { store } = redis(url);
    const fast = { capacity: 10, refillPerSecond: 1_000 };
    await expect.poll(() => store.take('a', 10, fast)).toMatchObject({ allowed: true });
    await expect.poll(() => store.take('a', 10, fast)).toMatchObject({ allowed: true });
  });
});

/** A way to Redis that can be closed and opened again. */
async function wayTo(url: string) {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port || 6379), hostname);
    for (const socket of [near, far]) {
      open.add(socket.on('error', () => {}).on('close', () => open.delete(socket)));
    }
    near.pipe(far).pipe(near);
  });
  await once(server.listen(0), 'listening');
  const { port: ownPort } = server.address() as AddressInfo;
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
  const reopen = () => once(server.listen(ownPort), 'listening');
  onTestFinished(close);
  return { url: `redis://localhost:${ownPort}`, close, reopen };
}

describe('where Redis is away', () => {
  it.each(['refuses connections', 'does not answer'])(
    'and %s, each process counts on its own',
    async (how) => {
      const server = createServer();
      await once(server.listen(0), 'listening');
      const { port } = server.address() as AddressInfo;
      if (how === 'refuses connections') server.close();
      else onTestFinished(() => void server.close());
      const log = memoryLog();
      const url = `redis://localhost:${port}`;
      const store = redisRateLimits({ url, timeoutMs: 50, log });
      onTestFinished(() => store.close());
      const slow = { capacity: 3, refillPerSecond: 0.001 };
      const verdicts = await Promise.all(Array.from({ length: 5 }, () => store.take('a', 1, slow)));
      expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false, false]);
      expect(log.text().match(/Redis is away/g)).toHaveLength(1);
    },
  );

  it('everybody is refused where that is wanted', async () => {
    const options = { url: 'redis://localhost:1', timeoutMs: 50, whenAway: 'refuse' } as const;
    const store = redisRateLimits(options);
    onTestFinished(() => store.close());
    const { gateway } = await testGateway({ rateLimits: { policyFor: () => POLICY, store } });
    onTestFinished(() => gateway.close());
    const { url } = await gateway.listen(0);
    const { status, body } = await post(url, { query: '{ me { name } }' });
    expect(status).toBe(503);
    expect(body.errors?.[0]?.extensions).toEqual({
      code: 'RATE_LIMITS_UNAVAILABLE',
      retryAfter: 1,
      requestId: expect.any(String),
    });
    expect((await fetch(url.replace('graphql', 'ready'))).status).toBe(200);
  });
});
