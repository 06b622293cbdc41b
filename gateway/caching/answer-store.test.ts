import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SILENT_LOG } from '../log.js';
import type { AnswerStore } from './answer-store.js';
import { memoryStore } from './memory-store.js';
import { redisStore } from './redis-store.js';

const { REDIS_URL: url } = process.env;

type Open = (maxBytes?: number) => AnswerStore;

const inMemory: Open = (maxBytes) => memoryStore({ maxBytes });

const inRedis: Open = (maxBytes) =>
  redisStore({
    url: url ?? '',
    prefix: `${randomUUID()}:`,
    maxBytes,
    deadlineMs: 2_000,
    log: SILENT_LOG,
  });

/** A store that is ready: one in Redis keeps nothing before it is connected. */
async function openedStore(open: Open, maxBytes?: number): Promise<AnswerStore> {
  const store = open(maxBytes);
  onTestFinished(() => store.close());
  await expect
    .poll(() => {
      store.set('first', '1', 60);
      return store.get(['first']);
    })
    .toEqual(['1']);
  return store;
}

const STORES: Array<[string, Open]> = [['memory', inMemory]];
if (url) STORES.push(['Redis', inRedis]);

describe.each(STORES)('answers kept in %s', (_name, open) => {
  it('are found under their keys', async () => {
    const store = await openedStore(open);
    store.set('a', 'one', 60);
    store.set('b', 'zwei €', 60);
    expect(await store.get(['b', 'c', 'a'])).toEqual(['zwei €', undefined, 'one']);
  });

  it('are replaced', async () => {
    const store = await openedStore(open);
    store.set('a', 'one', 60);
    store.set('a', 'two', 60);
    expect(await store.get(['a'])).toEqual(['two']);
  });

  it('are gone after their time', async () => {
    const store = await openedStore(open);
    store.set('a', 'one', 1);
    expect(await store.get(['a'])).toEqual(['one']);
    await expect.poll(() => store.get(['a']), { timeout: 3_000 }).toEqual([undefined]);
  });

  it('make room for new ones', async () => {
    const store = await openedStore(open, 10_000);
    const text = 'x'.repeat(1_500);
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) store.set(key, text, 60);
    expect(await store.get(['first', 'a', 'g'])).toEqual([undefined, undefined, text]);
  });

  it('leave out what is too large', async () => {
    const store = await openedStore(open, 10_000);
    store.set('large', 'x'.repeat(12_000), 60);
    expect(await store.get(['first', 'large'])).toEqual(['1', undefined]);
  });
});

describe.runIf(url)('answers kept in Redis', () => {
  it('are there for other processes of the same prefix', async () => {
    const options = { url: url ?? '', prefix: `${randomUUID()}:`, log: SILENT_LOG };
    const one = await openedStore(() => redisStore(options));
    const other = await openedStore(() => redisStore(options));
    one.set('a', 'shared', 60);
    await expect.poll(() => other.get(['a'])).toEqual(['shared']);
  });
});
