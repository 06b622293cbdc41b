import type { IncomingMessage, ServerResponse } from 'node:http';
import { cacheControlHeader } from '../caching/cache-policy.js';
import type { CacheableAnswer } from '../caching/cacheable-answer.js';
import { RESPONSE_JSON, send } from './responses.js';

/**
 * Sends an answer that may be kept, with what caches need to know about it. A GET that already has it gets 304.
 * `type` is the media type negotiated.
 */
export function sendCacheable(
  request: IncomingMessage,
  response: ServerResponse,
  type: string,
  answer: CacheableAnswer,
): void {
  const headers: Record<string, string> = {
    'cache-control': cacheControlHeader(answer.policy),
    vary: VARY[answer.policy.scope],
  };
  const age = Math.floor(answer.ageAt(Date.now()) / 1000);
  if (age > 0) headers.age = String(age);
  if (request.method === 'GET') headers.etag = etag(answer, type);
  if (knows(request.headers['if-none-match'], headers.etag)) response.writeHead(304, headers).end();
  else send(response, 200, type, answer.text, headers);
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
