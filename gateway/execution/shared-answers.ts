import type { ExecutionResult } from 'graphql';
import { SubscriberTooSlowError } from '../errors.js';
import type { AnswerStream } from '../operation.js';
import type { CompiledSubscription } from '../planning/compiled-plan.js';
import { SharedStream } from './shared-stream.js';

export interface UpstreamOptions {
  /** Let identical subscriptions of one identity share an upstream, and what is made of each of its events. */
  readonly share: boolean;
  /** Answers that wait for a subscriber who is slower than others of the same upstream. */
  readonly maxWaitingEvents: number;
  /** Milliseconds for which an interrupted upstream is tried to be opened again. */
  readonly reconnectMs: number;
}

type Opening = Promise<SharedStream<ExecutionResult> | ExecutionResult>;

/**
 * The answers to subscriptions, made once for all subscribers who ask for the same on behalf of the same identity.
 * A stream that begins with what was before is joined only until its first answer.
 */
export class SharedAnswers {
  readonly #maxWaiting: number;
  readonly #openings = new WeakMap<CompiledSubscription, Map<string, Opening>>();

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  /** Joins those who ask for the same under this key; opens the stream for whoever is the first. */
  async join(
    plan: CompiledSubscription,
    key: string,
    open: () => Promise<AnswerStream | ExecutionResult>,
  ): Promise<AnswerStream | ExecutionResult> {
    const openings = this.#openingsOf(plan);
    for (;;) {
      const known = openings.get(key);
      const opening = known ?? this.#open(openings, key, open);
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

  #open(
    openings: Map<string, Opening>,
    key: string,
    open: () => Promise<AnswerStream | ExecutionResult>,
  ): Opening {
    const forget = () => {
      if (openings.get(key) === opening) openings.delete(key);
    };
    const share = async () => {
      const opened = await open();
      if (Symbol.asyncIterator in opened) {
        return new SharedStream(opened, this.#maxWaiting, tooSlow, forget);
      }
      forget();
      return opened;
    };
    const opening = share();
    opening.catch(forget);
    openings.set(key, opening);
    return opening;
  }
}

function tooSlow(): ExecutionResult {
  return { data: null, errors: [new SubscriberTooSlowError()] };
}
