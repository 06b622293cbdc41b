import type { IncomingMessage } from 'node:http';
import type { Identity } from '@waybill/kernel/identity.js';
import { networkOf } from '@waybill/kernel/network.js';
import type { RateLimitPolicy } from './bucket.js';
import { Charge, type TellVerdict } from './charge.js';
import { clientAddress } from './client-address.js';
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
}

/** Charges requests to the buckets of those who send them. */
export interface RateLimiter {
  /** The account of one request, or of one operation on a WebSocket; undefined for a caller who is not limited. */
  accountOf(request: IncomingMessage, identity: Identity, tell?: TellVerdict): Charge | undefined;
  close(): Promise<void>;
}

export function rateLimiter(options: RateLimitOptions): RateLimiter {
  const { store = memoryRateLimits() } = options;
  const addressOf = clientAddress(options.trustedProxies);
  return {
    accountOf(request, identity, tell) {
      const caller = { identity, address: addressOf(request) };
      const policy = options.policyFor(caller);
      return policy && new Charge(store, keyOf(policy, caller), policy, tell);
    },
    close: () => store.close(),
  };
}

/** Whoever is known has a bucket of their own wherever they are; others share that of their address. */
function keyOf({ name = 'default' }: RateLimitPolicy, { identity, address }: Caller): string {
  switch (identity.kind) {
    case 'user':
      return `${name}:user:${identity.userId}`;
    case 'partner':
      return `${name}:partner:${identity.partnerId}`;
    case 'service':
      return `${name}:service:${identity.name}`;
    case 'anonymous':
      return `${name}:address:${networkOf(address)}`;
  }
}
