/** How a stream ended: by itself, by an error, or because its consumer left it. */
export type StreamEnd = 'completed' | 'failed' | 'left';

export interface StreamCounts<Event> {
  delivered?(event: Event): void;
  /** Told once. */
  ended(how: StreamEnd, error?: unknown): void;
}

/** The same stream, with its events counted. */
export function countedStream<Event>(
  stream: AsyncIterable<Event>,
  counts: StreamCounts<Event>,
): AsyncIterableIterator<Event, undefined> {
  const events = stream[Symbol.asyncIterator]();
  let open = true;
  const end: StreamCounts<Event>['ended'] = (how, error) => {
    if (open) counts.ended(how, error);
    open = false;
  };
  return {
    async next() {
      try {
        const result = await events.next();
        if (result.done) end('completed');
        else counts.delivered?.(result.value);
        return result;
      } catch (error) {
        end('failed', error);
        throw error;
      }
    },
    async return() {
      end('left');
      return (await events.return?.()) ?? { value: undefined, done: true };
    },
    async throw(error) {
      end('left');
      return (await events.throw?.(error)) ?? { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
