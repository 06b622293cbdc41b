import type { SubgraphAnswer, SubgraphRequest } from '../data-sources/data-source.js';
import type { CallRules } from './call.js';
import { SubgraphTimeoutError } from './failures.js';

type Stream = AsyncIterable<SubgraphAnswer> | SubgraphAnswer;

/** Opens an event stream by the deadline of a call. */
export async function openStream(
  { source, deadlineMs }: CallRules,
  request: SubgraphRequest,
): Promise<Stream> {
  const opening = source.subscribe(request);
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new SubgraphTimeoutError(deadlineMs));
    opening.then(closeStream, () => {});
  }, deadlineMs);
  try {
    return await Promise.race([opening, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Nobody listens any more to a stream that opens after its deadline. */
async function closeStream(stream: Stream): Promise<void> {
  if (Symbol.asyncIterator in stream) await stream[Symbol.asyncIterator]().return?.();
}
