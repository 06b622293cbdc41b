import type { Identity } from '@waybill/kernel/identity.js';
import { expect, it } from 'vitest';
import { AnswerCache } from './answer-cache.js';
import { answerKeys } from './answer-keys.js';
import type { AnswerStore } from './answer-store.js';
import { CacheableAnswer } from './cacheable-answer.js';
import { memoryStore } from './memory-store.js';

const ANY_AGE = { maxAge: 60, store: true };
const ada: Identity = { kind: 'user', userId: 'ada', roles: [] };
const caller = { identity: ada, requestId: '' };
const keys = answerKeys('operation', [], {}, caller);

it('tells apart who is confined to other realms', () => {
  const of = (realms?: string[]) =>
    answerKeys(
      'operation',
      [],
      {},
      {
        ...caller,
        identity: { kind: 'user', userId: 'ada', roles: ['STAFF'], ...(realms && { realms }) },
      },
    ).own;
  expect(new Set([of(), of([]), of(['one']), of(['one', 'two'])]).size).toBe(4);
  expect(of(['one', 'two'])).toBe(of(['two', 'one']));
});

it('remembers who has changed something when the store takes nothing for a while', async () => {
  const memory = memoryStore();
  let away = false;
  const store: AnswerStore = {
    get: (keys) => memory.get(keys),
    set: (...entry) => void (away || memory.set(...entry)),
    close: () => memory.close(),
  };
  const cache = new AnswerCache(store);
  const policy = { maxAge: 60, scope: 'PRIVATE' } as const;
  cache.keep(keys, new CacheableAnswer('{"data":{}}', policy, Date.now() - 1));
  expect(await cache.find(keys, ANY_AGE)).toMatchObject({ text: '{"data":{}}' });
  away = true;
  cache.noteChange(caller);
  away = false;
  expect(await cache.find(keys, ANY_AGE)).toBeUndefined();
  expect([cache.hits, cache.misses]).toEqual([1, 1]);
});
