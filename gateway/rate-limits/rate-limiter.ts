import type { IncomingMessage } from 'node:http';
import type { Identity } from '@waybill/kernel/identity.js';
import type { Awaitable } from '../data-sources/data-source.js';
import type { RateLimitPolicy, Verdict } from './bucket.js';
import { clientAddress, networkOf } from './client-address.js';
import { memoryRateLimits } from './memory-store.js';
import type { RateLimitStore } from './store.js';

/** Who is charged. */
export interface Caller {
  readonly identity: Identity;
  /** Where the request comes from. */
  readonly address: string;
}

export interface RateLimitOptions {
  /** The bucket of a caller; undefined for one who is not limited. */
  policyFor(caller: Caller): RateLimitPolicy | undefined;
  /** In memory by default; closed with the gateway. */
  store?: RateLimitStore;
  /** Addresses and CIDR ranges of proxies whose X-Forwarded-For is believed; none by default. */
  trustedProxies?: readonly string[];
  /** Tell in `extensions.cost` of every answer what it cost and what is left; false by default. */
  showCost?: boolean;
}

/** Charges requests to the buckets of those who send them. */
export interface RateLimiter {
  readonly showCost: boolean;
  /** Undefined for a caller who is not limited. */
  charge(
    request: IncomingMessage,
    identity: Identity,
    cost: number,
  ): Awaitable<Verdict | undefined>;
  close(): Promise<void>;
}

export function rateLimiter(options: RateLimitOptions): RateLimiter {
  const { store = memoryRateLimits(), showCost = false } = options;
  const addressOf = clientAddress(options.trustedProxies);
  return {
    showCost,
    charge(request, identity, cost) {
      const caller = { identity, address: addressOf(request) };
      const policy = options.policyFor(caller);
      return policy && store.take(keyOf(policy, caller), Math.max(1, cost), policy);
    },
    close: () => store.close(),
  };
}

/** Whoever is known has a bucket of their own wherever they are; others share that of their address. */
function keyOf({ name = 'default' }: RateLimitPolicy, { identity, address }: Caller): string {
  switch (identity.kind) {
    case 'user':
      return `${name}:user:${identity.userId}`;
    case 'service':
      return `${name}:service:${identity.name}`;
    case 'anonymous':
      return `${name}:address:${networkOf(address)}`;
  }
}
