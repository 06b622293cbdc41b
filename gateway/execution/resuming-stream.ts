import { ConnectionLostError, type SubgraphAnswer } from '../data-sources/data-source.js';
import { POSITION_KEY, type Resumption } from '../planning/resumption.js';
import { SubgraphTimeoutError } from '../resilience/failures.js';
import { isDataObject } from './data.js';
import type { Subscriber } from './subscriber.js';

export type Opened = AsyncIterable<SubgraphAnswer> | SubgraphAnswer;

/** Opens the events after a position; from where the client wants them, when none has been seen. */
export type Reopen = (position: unknown) => Promise<Opened>;

/** Milliseconds before the first new attempt; each further one waits up to twice as long, half of it by chance. */
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

/**
 * A subgraph's events across interruptions of the connection: it is opened again at the position of the last event
 * seen, so that none is missed; one that comes a second time is left out. So it is when the subscriber has become
 * somebody else. Fails with the last error when no connection
 * comes about, or none lasts until an event comes, for `limitMs`.
 */
export class ResumingStream implements AsyncIterableIterator<SubgraphAnswer, undefined> {
  readonly #rootKey: string;
  readonly #reopen: Reopen;
  readonly #subscriber: Pick<Subscriber, 'hasChanged'>;
  readonly #limitMs: number;
  #current: AsyncIterator<SubgraphAnswer>;
  #position: unknown;
  /** The position after which the events of the present connection begin. */
  #resumedAfter: unknown;
  #interruptedAt = 0;
  #attempts = 0;
  #left = false;
  #stopWaiting: (() => void) | undefined;

  constructor(
    first: AsyncIterable<SubgraphAnswer>,
    { rootKey }: Resumption,
    reopen: Reopen,
    subscriber: Pick<Subscriber, 'hasChanged'>,
    limitMs: number,
  ) {
    this.#current = first[Symbol.asyncIterator]();
    this.#rootKey = rootKey;
    this.#reopen = reopen;
    this.#subscriber = subscriber;
    this.#limitMs = limitMs;
  }

  async next(): Promise<IteratorResult<SubgraphAnswer, undefined>> {
    while (!this.#left) {
      try {
        const { value, done } = await this.#current.next();
        if (done) break;
        if (this.#subscriber.hasChanged()) await this.#openAnew();
        else if (this.#isNew(value)) return { value, done: false };
      } catch (error) {
        if (!this.#left) await this.#resume(error);
      }
    }
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<SubgraphAnswer, undefined>> {
    this.#left = true;
    this.#stopWaiting?.();
    // Not awaited: an upstream that is a generator answers only after its next event.
    this.#current.return?.()?.catch(() => {});
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The event was for who they were: it is asked for again on behalf of who they are. */
  async #openAnew(): Promise<void> {
    this.#current.return?.()?.catch(() => {});
    this.#take(await this.#reopen(this.#position));
  }

  #isNew({ data }: SubgraphAnswer): boolean {
    const event = data?.[this.#rootKey];
    const position = isDataObject(event) ? event[POSITION_KEY] : undefined;
    if (position === undefined) return true;
    if (this.#resumedAfter !== undefined && !isAfter(position, this.#resumedAfter)) return false;
    this.#position = position;
    this.#attempts = 0;
    return true;
  }

  /** Opens again until it succeeds; rethrows what is no interruption, or lasts too long. */
  async #resume(cause: unknown): Promise<void> {
    let error = cause;
    if (this.#attempts === 0) this.#interruptedAt = Date.now();
    while (!this.#left) {
      const tooLong = Date.now() - this.#interruptedAt >= this.#limitMs;
      if (!isPassing(error) || (tooLong && this.#attempts > 0)) throw error;
      await this.#wait(delayBefore(this.#attempts));
      this.#attempts += 1;
      try {
        if (!this.#left) this.#take(await this.#reopen(this.#position));
        return;
      } catch (failure) {
        error = failure;
      }
    }
  }

  #take(opened: Opened): void {
    this.#current = eventsOf(opened)[Symbol.asyncIterator]();
    this.#resumedAfter = this.#position;
    if (this.#left) this.#current.return?.()?.catch(() => {});
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** A refusal is told in the last event: the answer to the subscriber has begun long ago. */
async function* lastEvent({ errors = [] }: SubgraphAnswer) {
  yield { data: null, errors };
}

function eventsOf(opened: Opened): AsyncIterable<SubgraphAnswer> {
  return Symbol.asyncIterator in opened ? opened : lastEvent(opened);
}

function isPassing(error: unknown): boolean {
  return error instanceof ConnectionLostError || error instanceof SubgraphTimeoutError;
}

function delayBefore(attempts: number): number {
  const longest = Math.min(FIRST_DELAY_MS * 2 ** attempts, LONGEST_DELAY_MS);
  return longest / 2 + (Math.random() * longest) / 2;
}

/** Positions have an order when they are numbers, also as text; of others the very same one is known. */
function isAfter(position: unknown, other: unknown): boolean {
  const ordered = isNumber(position) && isNumber(other);
  return ordered ? Number(position) > Number(other) : position !== other;
}

function isNumber(position: unknown): boolean {
  return typeof position === 'number' || /^\d{1,15}$/.test(String(position));
}
