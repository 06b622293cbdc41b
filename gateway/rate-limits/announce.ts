import type { ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { gatewayError } from '../errors.js';
import type { RateLimitPolicy, Verdict } from './bucket.js';

/** Whole seconds, as HTTP has them: whoever waits as long is let in. */
const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));

const nameOf = ({ name = 'default' }: RateLimitPolicy) => JSON.stringify(name);

/**
 * What the client learns by headers: `RateLimit-Policy` and `RateLimit` as in draft-ietf-httpapi-ratelimit-headers-10
 * (`q` units per window of `w` seconds; `r` units left, all of them again in `t` seconds), and `Retry-After`
 * (RFC 9110) where it has to wait.
 */
export function rateLimitHeaders(verdict: Verdict): Record<string, string> {
  const { policy, allowed, available, fullInMs, waitMs } = verdict;
  const window = seconds((policy.capacity / policy.refillPerSecond) * 1000);
  const left = Math.floor(available);
  const full = Math.ceil(fullInMs / 1000);
  return {
    'ratelimit-policy': `${nameOf(policy)};q=${policy.capacity};w=${window}`,
    ratelimit: `${nameOf(policy)};r=${left};t=${full}`,
    ...(!allowed && { 'retry-after': String(seconds(waitMs)) }),
  };
}

/** Announces on an answer that is not under way yet. */
export function announceOn(response: ServerResponse): (verdict: Verdict) => void {
  return (verdict) => {
    const headers = rateLimitHeaders(verdict);
    for (const name in headers) response.setHeader(name, headers[name] ?? '');
  };
}

/** `extensions.cost`, in the words of Shopify's API. */
function costOf({ cost, policy, available }: Verdict) {
  return {
    requestedQueryCost: cost,
    throttleStatus: {
      maximumAvailable: policy.capacity,
      currentlyAvailable: Math.floor(available),
      restoreRate: policy.refillPerSecond,
    },
  };
}

export function rateLimitError(verdict: Verdict): GraphQLError {
  const retryAfter = seconds(verdict.waitMs);
  const http = { status: 429 };
  return gatewayError('RATE_LIMITED', undefined, { retryAfter, cost: costOf(verdict), http });
}
