/** A subgraph's server, or a proxy before it, answered without GraphQL. */
export class SubgraphStatusError extends Error {
  override readonly name = 'SubgraphStatusError';
  constructor(readonly status: number) {
    super(`The subgraph answered ${status} without GraphQL`);
  }
}

/** The subgraph answered more than the gateway takes. */
export class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError';
  constructor(readonly maxBytes: number) {
    super(`The subgraph answered more than ${maxBytes} bytes`);
  }
}

/** The codes of Node and undici for a call that ended before anything was answered. */
const BEFORE_ANY_ANSWER: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** What a proxy says in place of a server it cannot reach: bad gateway, unavailable, gateway timeout. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

/** Whether another attempt may fare better: nobody answered, or only somebody on the way. */
export function isPassing(error: unknown): boolean {
  if (error instanceof SubgraphStatusError) return AWAY.has(error.status);
  return error instanceof Error && BEFORE_ANY_ANSWER.has((error as NodeJS.ErrnoException).code);
}
