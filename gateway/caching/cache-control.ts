import { type CachePolicy, NOT_CACHEABLE, UNRESTRICTED } from './cache-policy.js';

/** The directives of a `Cache-Control` header by their lower-case names; those without a value are ''. */
export function cacheDirectives(header: string | undefined): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const [, name, quoted, bare] of header?.matchAll(DIRECTIVE) ?? []) {
    if (name) directives.set(name.toLowerCase(), quoted ?? bare ?? '');
  }
  return directives;
}

const DIRECTIVE = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,;]+)))?/g;

/**
 * What a subgraph's `Cache-Control` allows for its part of an answer: nothing without a `max-age`, and nobody but
 * the caller unless it says `public`, for a subgraph answers each caller by who asks (RFC 9111, section 3.5).
 */
export function policyOfHeader(header: string): CachePolicy {
  const directives = cacheDirectives(header);
  if (directives.has('no-store') || directives.has('no-cache')) return NOT_CACHEABLE;
  const maxAge = secondsIn(directives.get('max-age'));
  const shared = directives.has('public') && !directives.has('private');
  return { maxAge: maxAge ?? 0, scope: shared ? 'PUBLIC' : 'PRIVATE' };
}

/** What the client of a request wants of a response cache. */
export interface CacheWishes {
  /** Seconds that an answer may have been kept at most; 0 for a fresh one. */
  readonly maxAge: number;
  /** Whether the answer may be kept. */
  readonly store: boolean;
}

const NO_WISHES: CacheWishes = { maxAge: UNRESTRICTED.maxAge, store: true };

/** The wishes in a request's `Cache-Control` (RFC 9111, section 5.2.1). */
export function cacheWishes(header: string | undefined): CacheWishes {
  if (!header) return NO_WISHES;
  const directives = cacheDirectives(header);
  const store = !directives.has('no-store');
  const fresh = !store || directives.has('no-cache');
  return { maxAge: fresh ? 0 : (secondsIn(directives.get('max-age')) ?? NO_WISHES.maxAge), store };
}

function secondsIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
