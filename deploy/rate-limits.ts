import { memoryRateLimits, type RateLimitOptions } from '@waybill/gateway/index.js';
import { redisRateLimits } from '@waybill/gateway/rate-limits/redis-store.js';
import type { Identity } from '@waybill/kernel/identity.js';
import type { Log } from '@waybill/kernel/log.js';
import type { PartnerCaller } from '@waybill/schema/commands.js';
import { HIGH_FACTOR } from '@waybill/schema/front-door.js';
import type { FrontSettings } from './front-settings.js';

export interface RateLimitsOptions {
  front: FrontSettings;
  redisUrl?: string | undefined;
  /** Of the queues, which may be on the same Redis. */
  queuesPrefix: string;
}

/** How much users, partners, and callers without a token, may ask for; our own services are not limited. */
export function rateLimits(
  { front, redisUrl, queuesPrefix }: RateLimitsOptions,
  rateClassOf: (identity: Identity) => PartnerCaller['rateClass'],
  log: Log,
): RateLimitOptions | false {
  const policies = {
    user: perMinute('user', front.USER_RATE_LIMIT_PER_MINUTE),
    STANDARD: perMinute('partner', front.PARTNER_RATE_LIMIT_PER_MINUTE),
    HIGH: perMinute('partner-high', HIGH_FACTOR * front.PARTNER_RATE_LIMIT_PER_MINUTE),
    anonymous: perMinute('anonymous', front.ANONYMOUS_RATE_LIMIT_PER_MINUTE),
    service: undefined,
  };
  if (!Object.values(policies).some((policy) => policy)) return false;
  return {
    policyFor: ({ identity }) =>
      policies[identity.kind === 'partner' ? rateClassOf(identity) : identity.kind],
    store: redisUrl
      ? redisRateLimits({ url: redisUrl, prefix: `${queuesPrefix}:rate-limits:`, log })
      : memoryRateLimits(),
    trustedProxies: front.TRUSTED_PROXIES,
  };
}

function perMinute(name: string, units: number) {
  return units > 0 ? { name, capacity: units, refillPerSecond: units / 60 } : undefined;
}
