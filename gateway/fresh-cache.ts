import { LRUCache } from 'lru-cache';
import type { Awaitable } from './data-sources/data-source.js';

export interface FreshCacheOptions {
  /** Milliseconds after which a value is loaded anew. */
  ttlMs: number;
  /** Most values kept; default 10,000. */
  max?: number;
}

/**
 * Values that are loaded when somebody asks for them, once for all who ask at the same time, and kept for a while. Made
 * for `authenticate` and `safelistFor`, which are asked for every request.
 */
export class FreshCache<Value extends object> {
  readonly #load: (key: string) => Promise<Value>;
  readonly #kept: LRUCache<string, Awaitable<Value>>;

  constructor(load: (key: string) => Promise<Value>, { ttlMs, max = 10_000 }: FreshCacheOptions) {
    this.#load = load;
    this.#kept = new LRUCache({ max, ttl: ttlMs });
  }

  /** Rejects where it cannot be loaded; who asks next tries again. */
  get(key: string): Awaitable<Value> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const loading = this.#load(key);
    this.#kept.set(key, loading);
    const settle = (settled: () => void) => {
      if (this.#kept.peek(key, { allowStale: true }) === loading) settled();
    };
    loading.then(
      (value) => settle(() => this.#kept.set(key, value)),
      () => settle(() => this.#kept.delete(key)),
    );
    return loading;
  }
}
