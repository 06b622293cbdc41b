import type { GatewayErrorCode } from '../errors.js';

/** The subgraph did not answer by its deadline, or not by that of the whole request. */
export class SubgraphTimeoutError extends Error {
  override readonly name = 'SubgraphTimeoutError';
  constructor(readonly deadlineMs: number) {
    super(`No answer within ${Math.round(deadlineMs)} ms`);
  }
}

/** The subgraph was not asked: its breaker is open after too many failures. */
export class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError';
  /** Whole seconds after which asking again makes sense. */
  readonly retryAfter: number;
  constructor(waitMs: number) {
    super('Not asked, since too many calls failed');
    this.retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  }
}

/** What a client learns of a call that brought no answer: nothing of where the subgraph is. */
export function publicFailure(error: unknown): {
  message: string;
  code: GatewayErrorCode;
  retryAfter?: number;
} {
  if (error instanceof SubgraphTimeoutError) {
    return { message: 'A part of the answer did not come in time', code: 'SUBGRAPH_TIMEOUT' };
  }
  return {
    message: 'A part of the answer could not be fetched',
    code: 'SUBGRAPH_UNAVAILABLE',
    ...(error instanceof CircuitOpenError && { retryAfter: error.retryAfter }),
  };
}
