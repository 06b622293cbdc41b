import { type ReviseIdentity, revised } from '../authentication.js';
import type { RequestContext } from '../request.js';

/** Whoever subscribed, as they are by now: roles come and go while a subscription runs. */
export class Subscriber {
  readonly #revise: ReviseIdentity | undefined;
  #context: RequestContext;

  constructor(context: RequestContext, revise: ReviseIdentity | undefined) {
    this.#context = context;
    this.#revise = revise;
  }

  /** As of the last time that somebody looked. */
  get context(): RequestContext {
    return this.#context;
  }

  /**
   * Looks who they are, and says whether that is somebody else than before. Throws an UnauthenticatedError where their
   * access was taken away.
   */
  hasChanged(): boolean {
    const identity = revised(this.#revise, this.#context.identity);
    if (identity === this.#context.identity) return false;
    this.#context = { ...this.#context, identity };
    return true;
  }
}
