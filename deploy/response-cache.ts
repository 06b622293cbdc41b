import { redisStore } from '@waybill/gateway/caching/redis-store.js';
import { type AnswerStore, memoryStore } from '@waybill/gateway/index.js';
import type { Log } from '@waybill/kernel/log.js';

export interface ResponseCacheOptions {
  responseCache: 'off' | 'memory' | 'redis';
  /** Needed for `redis`. */
  redisUrl?: string | undefined;
  /** Of the queues, which may be on the same Redis. */
  queuesPrefix: string;
}

/** Where the gateway keeps answers; undefined where it keeps none. */
export function responseCache(
  { responseCache: kind, redisUrl: url, queuesPrefix }: ResponseCacheOptions,
  log: Log,
): AnswerStore | undefined {
  if (kind === 'memory') return memoryStore();
  if (kind === 'off') return undefined;
  if (!url) throw new Error('A response cache on Redis needs its address');
  return redisStore({ url, prefix: `${queuesPrefix}:answers:`, log });
}
