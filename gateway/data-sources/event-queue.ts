/** Thrown into a stream whose consumer fell behind by more than the queue holds. */
export class QueueOverflowError extends Error {}

type Waiting<T> = {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
};

/**
 * A push source turned into an iterator with a bounded buffer: a transport without flow control must
 * not fill the memory for a consumer that does not keep up.
 */
export class EventQueue<T> implements AsyncIterableIterator<T, undefined> {
  readonly #buffer: T[] = [];
  readonly #limit: number;
  readonly #onEnd: () => void;
  readonly #onWait: (() => void) | undefined;
  #waiting: Waiting<T> | undefined;
  #ended = false;
  #error: unknown;

  /** `onEnd` is called once, when either side ends the stream; `onWait` whenever the consumer starts to wait. */
  constructor(limit: number, onEnd: () => void, onWait?: () => void) {
    this.#limit = limit;
    this.#onEnd = onEnd;
    this.#onWait = onWait;
  }

  /** Whether one more event would be too many. */
  get full(): boolean {
    return this.#buffer.length >= this.#limit;
  }

  push(event: T): void {
    if (this.#ended) return;
    if (this.#waiting) {
      this.#take()?.resolve({ value: event, done: false });
    } else if (!this.full) {
      this.#buffer.push(event);
    } else {
      // Whoever has missed one event has to begin again: there is no use in keeping the others.
      this.#buffer.length = 0;
      this.fail(new QueueOverflowError(`More than ${this.#limit} events are waiting`));
    }
  }

  /** Ends the stream; what is buffered is still delivered. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#take()?.resolve({ value: undefined, done: true });
    this.#onEnd();
  }

  /** Ends the stream with this event in place of all that is buffered. */
  endWith(event: T): void {
    this.#buffer.length = 0;
    this.push(event);
    this.end();
  }

  /** Ends the stream with an error, after what is buffered. */
  fail(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    const waiting = this.#take();
    if (waiting) waiting.reject(error);
    else this.#error = error;
    this.#onEnd();
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    const value = this.#buffer.shift();
    if (value !== undefined) return { value, done: false };
    if (this.#error !== undefined) {
      const error = this.#error;
      this.#error = undefined;
      throw error;
    }
    if (this.#ended) return { value: undefined, done: true };
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#onWait?.();
    });
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#buffer.length = 0;
    this.end();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(): Waiting<T> | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
