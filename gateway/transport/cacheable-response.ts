import { cacheControlHeader } from '../caching/cache-policy.js';
import type { CacheableAnswer } from '../caching/cacheable-answer.js';
import type { Exchange } from './exchange.js';
import { RESPONSE_JSON } from './responses.js';

/**
 * Sends an answer that may be kept, with what caches need to know about it. A GET that already has it gets 304.
 * `type` is the media type negotiated.
 */
export function sendCacheable(exchange: Exchange, type: string, answer: CacheableAnswer): void {
  const { policy } = answer;
  const headers = ['cache-control', cacheControlHeader(policy), 'vary', VARY[policy.scope]];
  const age = Math.floor(answer.ageAt(Date.now()) / 1000);
  if (age > 0) headers.push('age', String(age));
  const tag = exchange.isGet ? etag(answer, type) : undefined;
  if (tag !== undefined) headers.push('etag', tag);
  if (knows(exchange.headers['if-none-match'], tag)) {
    exchange.response.writeHead(304, ['x-request-id', exchange.requestId, ...headers]).end();
  } else exchange.answer(200, type, answer.text, headers);
}

/** A private answer is kept by the client alone, and depends on who it says it is. */
const VARY = { PUBLIC: 'accept', PRIVATE: 'accept, authorization, cookie' } as const;

/** Strong, so that it differs between media types, too (RFC 9110, section 8.8.1). */
function etag({ hash }: CacheableAnswer, type: string): string {
  return type.startsWith(RESPONSE_JSON) ? `"${hash}.g"` : `"${hash}"`;
}

/** Compares weakly, as RFC 9110, section 13.1.2, has it: caches on the way may have weakened the tag. */
function knows(header: string | undefined, tag: string | undefined): boolean {
  if (header === undefined || tag === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
