import type { ExecutionResult } from 'graphql';
import type { AnswerStream } from '../operation.js';

export interface StreamCounts {
  delivered(answer: ExecutionResult): void;
  /** Told once: when the stream is over, or when its subscriber has left it. */
  ended(by: 'upstream' | 'subscriber'): void;
}

/** The same stream, with its answers counted. */
export function countedStream(stream: AnswerStream, counts: StreamCounts): AnswerStream {
  let open = true;
  const end = (by: 'upstream' | 'subscriber') => {
    if (open) counts.ended(by);
    open = false;
  };
  return {
    async next() {
      const result = await stream.next();
      if (result.done) end('upstream');
      else counts.delivered(result.value);
      return result;
    },
    async return() {
      end('subscriber');
      return (await stream.return?.()) ?? { value: undefined, done: true };
    },
    async throw(error) {
      end('subscriber');
      return (await stream.throw?.(error)) ?? { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
