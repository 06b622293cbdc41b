/**
 * An upstream's events, each turned into an answer. Unlike an async generator it can be ended while it
 * waits for an event: a subscriber who leaves must not hold the upstream open until the next one.
 * `next` is called again only after its promise has settled, as `for await` does.
 */
export class EventStream<Event, Answer> implements AsyncIterableIterator<Answer, undefined> {
  readonly #upstream: AsyncIterator<Event>;
  readonly #answer: (event: Event) => Promise<Answer>;
  readonly #failure: (error: unknown) => Answer;
  #ended = false;
  #interrupt: (() => void) | undefined;

  /** `failure` makes the last answer of a stream when its upstream, or an answer, fails. */
  constructor(
    upstream: AsyncIterable<Event>,
    answer: (event: Event) => Promise<Answer>,
    failure: (error: unknown) => Answer,
  ) {
    this.#upstream = upstream[Symbol.asyncIterator]();
    this.#answer = answer;
    this.#failure = failure;
  }

  next(): Promise<IteratorResult<Answer, undefined>> {
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.#interrupt = () => resolve({ value: undefined, done: true });
      void this.#pull().then(resolve);
    });
  }

  async return(): Promise<IteratorResult<Answer, undefined>> {
    if (!this.#ended) {
      this.#ended = true;
      this.#interrupt?.();
      // Not awaited: an upstream that is a generator answers only after its next event.
      this.#upstream.return?.()?.catch(() => {});
    }
    return { value: undefined, done: true };
  }

  async throw(): Promise<IteratorResult<Answer, undefined>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #pull(): Promise<IteratorResult<Answer, undefined>> {
    try {
      const { value, done } = await this.#upstream.next();
      if (!done) return { value: await this.#answer(value), done: false };
      this.#ended = true;
      return { value: undefined, done: true };
    } catch (error) {
      if (this.#ended) return { value: undefined, done: true };
      this.#ended = true;
      // It goes on where it is the answer that failed.
      this.#upstream.return?.()?.catch(() => {});
      return { value: this.#failure(error), done: false };
    }
  }
}
