/** A token bucket: `capacity` units at most, of which `refillPerSecond` come back each second. */
export interface RateLimitPolicy {
  /** What clients see it called, in printable ASCII; `default` by default. */
  readonly name?: string;
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** What became of a request to take something out of a bucket. */
export interface Verdict {
  readonly policy: RateLimitPolicy;
  readonly allowed: boolean;
  /** Units that were asked for. */
  readonly cost: number;
  /** Units left, after what was taken. */
  readonly available: number;
  /** Milliseconds after which the same request is allowed, if nothing else is taken; 0 when it is allowed. */
  readonly waitMs: number;
  /** Milliseconds until the bucket is full, if nothing more is taken. */
  readonly fullInMs: number;
}

/** Far below any cost, far above what arithmetic loses. */
const TOLERANCE = 1e-6;

/**
 * Decides in one step from one number, how long the bucket takes to be full again: the generic cell rate algorithm
 * of ATM Forum's traffic management, by which waiting exactly as long as told is enough. What costs more than the
 * bucket holds takes a full bucket, so that nothing has to wait for ever.
 */
export function take(fullInMs: number, cost: number, policy: RateLimitPolicy): Verdict {
  const perMs = policy.refillPerSecond / 1000;
  const charged = Math.min(cost, policy.capacity);
  const available = policy.capacity - fullInMs * perMs;
  if (charged > available + TOLERANCE) {
    const waitMs = (charged - available) / perMs;
    return { policy, allowed: false, cost, available, waitMs, fullInMs };
  }
  return {
    policy,
    allowed: true,
    cost,
    available: Math.max(0, available - charged),
    waitMs: 0,
    fullInMs: fullInMs + charged / perMs,
  };
}
