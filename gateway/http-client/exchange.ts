import type { HttpAnswer } from './answer-reader.js';
import type { Pace } from './pace.js';

/** A request on its way. */
export interface Exchange {
  readonly head: string;
  readonly body: string;
  /** When it has to be over, by `performance.now()`. */
  readonly deadline: number;
  /** Where it may share a connection with others: how long its operation usually takes. */
  readonly pace: Pace | undefined;
  /** When it was sent first, by `performance.now()`. */
  sentAt: number;
  /** It was behind others in vain, and will not be again. */
  alone: boolean;
  succeed(answer: HttpAnswer): void;
  fail(error: Error): void;
}

/** Takes the place of a request that waits no longer: its answer still has to be read. */
export function placeholder({ deadline }: Exchange): Exchange {
  const nothing = () => {};
  const known = { head: '', body: '', pace: undefined, sentAt: 0, alone: true };
  return { ...known, deadline, succeed: nothing, fail: nothing };
}
