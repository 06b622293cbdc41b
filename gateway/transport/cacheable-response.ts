import { cacheControlHeader } from '../caching/cache-policy.js';
import type { CacheableAnswer } from '../caching/cacheable-answer.js';
import type { Exchange } from './exchange.js';
import { NOT_KEPT, RESPONSE_JSON } from './responses.js';

/**
 * Sends an answer that may be kept. To a GET it says how, and one that already has it gets 304; the answer to a POST is
 * for whoever sent it, since caches on the way cannot tell two of them apart. `type` is the media type negotiated,
 * `forwarded` names the headers of clients that subgraphs get.
 */
export function sendCacheable(
  exchange: Exchange,
  type: string,
  answer: CacheableAnswer,
  forwarded: readonly string[],
): void {
  if (exchange.isGet) sendToGet(exchange, type, answer, forwarded);
  else exchange.answer(200, type, answer.text, NOT_KEPT);
}

function sendToGet(
  exchange: Exchange,
  type: string,
  answer: CacheableAnswer,
  forwarded: readonly string[],
): void {
  const { policy } = answer;
  const tag = etag(answer, type);
  const headers = ['cache-control', cacheControlHeader(policy), 'etag', tag];
  headers.push('vary', policy.scope === 'PUBLIC' ? 'accept' : [...CALLER, ...forwarded].join(', '));
  const age = Math.floor(answer.ageAt(Date.now()) / 1000);
  if (age > 0) headers.push('age', String(age));
  if (knows(exchange.headers['if-none-match'], tag)) {
    exchange.response.writeHead(304, ['x-request-id', exchange.requestId, ...headers]).end();
  } else exchange.answer(200, type, answer.text, headers);
}

/** A private answer is kept by the client alone, and depends on who it says it is. */
const CALLER = ['accept', 'authorization', 'cookie'];

/** Strong, so that it differs between media types, too (RFC 9110, section 8.8.1). */
function etag({ hash }: CacheableAnswer, type: string): string {
  return type.startsWith(RESPONSE_JSON) ? `"${hash}.g"` : `"${hash}"`;
}

/** Compares weakly, as RFC 9110, section 13.1.2, has it: caches on the way may have weakened the tag. */
function knows(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
