import type { SubgraphRequest } from '../data-sources/data-source.js';
import type { CompiledSubscription } from '../planning/compiled-plan.js';
import { RESUME_VARIABLE } from '../planning/resumption.js';
import { type Opened, ResumingStream } from './resuming-stream.js';
import type { Subscriber } from './subscriber.js';

/**
 * Opens the event stream of a subgraph, one that goes on after interruptions where that is possible: for `reconnectMs`
 * it is tried to be opened again. So it is where the subscriber has other roles by now, and what comes after the last
 * event is asked for with those. Rejects, or answers the errors, when the subgraph refuses.
 */
export async function openUpstream(
  { primary, resumption }: CompiledSubscription,
  request: Omit<SubgraphRequest, 'context'>,
  subscriber: Subscriber,
  reconnectMs: number,
): Promise<Opened> {
  const opened = await primary.source.subscribe({ ...request, context: subscriber.context });
  if (!resumption || !(Symbol.asyncIterator in opened)) return opened;
  const reopen = (position: unknown) =>
    primary.source.subscribe(
      position === undefined
        ? { ...request, context: subscriber.context }
        : {
            context: subscriber.context,
            operation: resumption.operation,
            variables: { ...request.variables, [RESUME_VARIABLE]: position },
          },
    );
  return new ResumingStream(opened, resumption, reopen, subscriber, reconnectMs);
}
