import type { SubgraphAnswer, SubgraphRequest } from '../data-sources/data-source.js';
import type { CompiledSubscription } from '../planning/compiled-plan.js';
import { RESUME_VARIABLE } from '../planning/resumption.js';
import { callerKey } from '../request.js';
import { type Opened, ResumingStream } from './resuming-stream.js';
import { SharedStream } from './shared-stream.js';

export interface UpstreamOptions {
  /** Let identical subscriptions of one identity share an upstream. */
  readonly share: boolean;
  /** Events that wait for a subscriber who is slower than others of the same upstream. */
  readonly maxWaitingEvents: number;
  /** Milliseconds for which an interrupted upstream is tried to be opened again. */
  readonly reconnectMs: number;
}

type Opening = Promise<SharedStream<SubgraphAnswer> | SubgraphAnswer>;

/**
 * Opens the event streams of subgraphs: one for all subscribers who ask for the same on behalf of the same identity.
 * A stream that begins with what was before is joined only until its first event.
 */
export class Upstreams {
  readonly #options: UpstreamOptions;
  readonly #openings = new WeakMap<CompiledSubscription, Map<string, Opening>>();

  constructor(options: UpstreamOptions) {
    this.#options = options;
  }

  /** Rejects, or answers the errors, when the subgraph refuses. */
  async open(plan: CompiledSubscription, request: SubgraphRequest): Promise<Opened> {
    if (!this.#options.share) return this.#connect(plan, request);
    const openings = this.#openingsOf(plan);
    const key = `${callerKey(request.context)}\n${JSON.stringify(request.variables)}`;
    for (;;) {
      const known = openings.get(key);
      const opening = known ?? this.#share(plan, request, openings, key);
      const opened = await opening;
      if (!(opened instanceof SharedStream)) return opened;
      if (!opened.ended && !(plan.replays && opened.started)) return opened.subscribe();
      if (openings.get(key) === opening) openings.delete(key);
    }
  }

  #openingsOf(plan: CompiledSubscription): Map<string, Opening> {
    const openings = this.#openings.get(plan) ?? new Map<string, Opening>();
    this.#openings.set(plan, openings);
    return openings;
  }

  #share(
    plan: CompiledSubscription,
    request: SubgraphRequest,
    openings: Map<string, Opening>,
    key: string,
  ): Opening {
    const forget = () => {
      if (openings.get(key) === opening) openings.delete(key);
    };
    const share = async () => {
      try {
        const opened = await this.#connect(plan, request);
        if (Symbol.asyncIterator in opened) {
          return new SharedStream(opened, this.#options.maxWaitingEvents, forget);
        }
        forget();
        return opened;
      } catch (error) {
        forget();
        throw error;
      }
    };
    const opening = share();
    openings.set(key, opening);
    return opening;
  }

  async #connect(plan: CompiledSubscription, request: SubgraphRequest): Promise<Opened> {
    const { primary, resumption } = plan;
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
    return new ResumingStream(opened, resumption, reopen, this.#options.reconnectMs);
  }
}
