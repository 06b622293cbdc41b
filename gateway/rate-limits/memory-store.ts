import { LRUCache } from 'lru-cache';
import { take } from './bucket.js';
import type { RateLimitStore } from './store.js';

export interface MemoryRateLimitOptions {
  /** Most buckets kept; whoever has not been seen for longest starts with a full one. 100,000 by default. */
  maxKeys?: number;
  /** Milliseconds on a clock that never goes back. */
  clock?: () => number;
}

/** Buckets in this process; several processes each have their own. */
export function memoryRateLimits(options: MemoryRateLimitOptions = {}): RateLimitStore {
  const { maxKeys = 100_000, clock = () => performance.now() } = options;
  const fullAt = new LRUCache<string, number>({ max: maxKeys });
  return {
    take(key, cost, policy) {
      const now = clock();
      const fullInMs = Math.max(0, (fullAt.get(key) ?? now) - now);
      const verdict = take(fullInMs, cost, policy);
      if (verdict.allowed) fullAt.set(key, now + verdict.fullInMs);
      return verdict;
    },
    close: async () => {},
  };
}
