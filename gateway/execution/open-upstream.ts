import type { SubgraphRequest } from '../data-sources/data-source.js';
import type { CompiledSubscription } from '../planning/compiled-plan.js';
import { RESUME_VARIABLE } from '../planning/resumption.js';
import { type Opened, ResumingStream } from './resuming-stream.js';

/**
 * Opens the event stream of a subgraph, one that goes on after interruptions where that is possible: for `reconnectMs`
 * it is tried to be opened again. Rejects, or answers the errors, when the subgraph refuses.
 */
export async function openUpstream(
  { primary, resumption }: CompiledSubscription,
  request: SubgraphRequest,
  reconnectMs: number,
): Promise<Opened> {
  const opened = await primary.source.subscribe(request);
  if (!resumption || !(Symbol.asyncIterator in opened)) return opened;
  const reopen = (position: unknown) =>
    primary.source.subscribe(
      position === undefined
        ? request
        : {
            ...request,
            operation: resumption.operation,
            variables: { ...request.variables, [RESUME_VARIABLE]: position },
          },
    );
  return new ResumingStream(opened, resumption, reopen, reconnectMs);
}
