import { ConnectionError } from '../http-client/errors.js';

export { AnswerTooLargeError } from '../http-client/errors.js';

/** A subgraph's server, or a proxy before it, answered without GraphQL. */
export class SubgraphStatusError extends Error {
  override readonly name = 'SubgraphStatusError';
  constructor(readonly status: number) {
    super(`The subgraph answered ${status} without GraphQL`);
  }
}

/** Node's codes for a call that ended before anything was answered. */
const BEFORE_ANY_ANSWER: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

/** What a proxy says in place of a server it cannot reach: bad gateway, unavailable, gateway timeout. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

/** Whether another attempt may fare better: nobody answered, or only somebody on the way. */
export function isPassing(error: unknown): boolean {
  if (error instanceof SubgraphStatusError) return AWAY.has(error.status);
  if (error instanceof ConnectionError) return !error.answerBegun;
  return error instanceof Error && BEFORE_ANY_ANSWER.has((error as NodeJS.ErrnoException).code);
}
