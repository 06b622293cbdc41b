export type CacheScope = 'PUBLIC' | 'PRIVATE';

/** How long an answer may be served again, and whether to others than the caller. */
export interface CachePolicy {
  /** Seconds; 0 for not at all. */
  readonly maxAge: number;
  readonly scope: CacheScope;
}

export const NOT_CACHEABLE: CachePolicy = { maxAge: 0, scope: 'PUBLIC' };

/** Anything may be cached for ever: where restricting begins. */
export const UNRESTRICTED: CachePolicy = { maxAge: Number.POSITIVE_INFINITY, scope: 'PUBLIC' };

/** What both policies allow. */
export function restricted(one: CachePolicy, other: CachePolicy): CachePolicy {
  return {
    maxAge: Math.min(one.maxAge, other.maxAge),
    scope: one.scope === 'PRIVATE' ? 'PRIVATE' : other.scope,
  };
}

/** Whether the policy says to cache for some time that has an end. */
export function isCacheable({ maxAge }: CachePolicy): boolean {
  return maxAge > 0 && Number.isFinite(maxAge);
}

/** The value of a `Cache-Control` header that says so. */
export function cacheControlHeader(policy: CachePolicy): string {
  if (!isCacheable(policy)) return 'no-store';
  return `max-age=${policy.maxAge}, ${policy.scope.toLowerCase()}`;
}
