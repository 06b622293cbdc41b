import type { Awaitable } from '../data-sources/data-source.js';
import type { RateLimitPolicy, Verdict } from './bucket.js';

/** Where the buckets are kept. */
export interface RateLimitStore {
  /** Takes `cost` units out of the bucket of that key, or none. Rejects with a GraphQLError alone. */
  take(key: string, cost: number, policy: RateLimitPolicy): Awaitable<Verdict>;
  close(): Promise<void>;
}
