import { Redis } from 'ioredis';
import { gatewayError } from '../errors.js';
import { type GatewayLog, SILENT_LOG } from '../log.js';
import { CircuitBreaker } from '../resilience/circuit-breaker.js';
import { take, type Verdict } from './bucket.js';
import { memoryRateLimits } from './memory-store.js';
import type { RateLimitStore } from './store.js';

export interface RedisRateLimitOptions {
  /** Redis or Valkey. */
  url: string;
  /** Begins every key; `rate-limit:` by default. */
  prefix?: string;
  /** Milliseconds to wait for Redis before a request goes on without it; 300 by default. */
  timeoutMs?: number;
  /**
   * Where Redis is away: `count` on in each process by itself, so that nobody is refused for that (the default), or
   * `refuse` everybody with RATE_LIMITS_UNAVAILABLE.
   */
  whenAway?: 'count' | 'refuse';
  log?: GatewayLog;
}

/**
 * The rule of `take`, in one round trip and by the clock of Redis, so that all processes count together. Answers
 * how long the bucket takes to be full, before this request.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local cost, capacity, perMs = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]) / 1000
local fullIn = math.max(0, tonumber(redis.call('GET', KEYS[1]) or now) - now)
local charged = math.min(cost, capacity)
if charged <= capacity - fullIn * perMs + 1e-6 then
  local fullInThen = fullIn + charged / perMs
  redis.call('SET', KEYS[1], string.format('%.17g', now + fullInThen), 'PX', math.max(1, math.ceil(fullInThen)))
end
return string.format('%.17g', fullIn)`;

const REFUSING: Pick<RateLimitStore, 'take'> = {
  take: async () => {
    const [retryAfter, http] = [1, { status: 503 }];
    throw gatewayError('RATE_LIMITS_UNAVAILABLE', undefined, { retryAfter, http });
  },
};

type Script = (key: string, cost: number, capacity: number, perSecond: number) => Promise<string>;

/** Buckets in Redis, which all processes share. */
export function redisRateLimits(options: RedisRateLimitOptions): RateLimitStore {
  const { url, prefix = 'rate-limit:', timeoutMs = 300, log = SILENT_LOG } = options;
  const redis = new Redis(url, {
    keyPrefix: prefix,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
    scripts: { takeUnits: { lua: TAKE, numberOfKeys: 1 } },
  });
  const { takeUnits } = redis as Redis & { takeUnits: Script };
  const fallback = options.whenAway === 'refuse' ? REFUSING : memoryRateLimits();
  // A Redis that hangs costs one request a second its patience, not all of them.
  const breaker = new CircuitBreaker({ minimumCalls: 1, openMs: 1_000 });
  let away = false;

  // Without a listener it would end the process; what it means for requests is told below.
  redis.on('error', () => {});

  function tell(nowAway: boolean, err?: unknown): void {
    if (nowAway === away) return;
    away = nowAway;
    if (away) log.warn({ err }, 'Redis is away: rate limits are not counted in it');
    else log.info({}, 'Rate limits are counted in Redis again');
  }

  return {
    async take(key, cost, policy): Promise<Verdict> {
      const admission = breaker.enter();
      if (admission === 'refused') return fallback.take(key, cost, policy);
      try {
        const { capacity, refillPerSecond } = policy;
        const fullInMs = await takeUnits.call(redis, key, cost, capacity, refillPerSecond);
        breaker.succeeded(admission);
        tell(false);
        return take(Number(fullInMs), cost, policy);
      } catch (error) {
        breaker.failed(admission);
        tell(true, error);
        return fallback.take(key, cost, policy);
      }
    },
    close: async () => redis.disconnect(),
  };
}
