import { expect, it } from 'vitest';
import { LruCache } from './lru-cache.js';

it('an LRU cache drops what was used longest ago once its keys are too long together', () => {
  const cache = new LruCache<number>(9);
  cache.set('aaa', 1);
  cache.set('bbb', 2);
  cache.set('ccc', 3);
  cache.get('aaa');
  cache.set('ddd', 4);
  expect(['aaa', 'bbb', 'ccc', 'ddd'].map((key) => cache.get(key))).toEqual([1, undefined, 3, 4]);
  cache.set('a key that is too long by itself', 5);
  expect(cache.size).toBe(0);
});
