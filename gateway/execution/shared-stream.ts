import { EventQueue } from '../data-sources/event-queue.js';

/**
 * One stream for any number of subscribers, each of whom gets every event, the very same object, from the time of
 * joining on. The next event is pulled when a subscriber waits for one, so that a stream with flow control is as slow as
 * its subscribers want it; for one of them who falls behind the others by more than the buffer holds, it is over. The
 * stream ends with its last subscriber.
 */
export class SharedStream<Event> {
  readonly #upstream: AsyncIterator<Event>;
  readonly #limit: number;
  readonly #overflow: () => Event;
  readonly #onEnd: () => void;
  readonly #subscribers = new Set<EventQueue<Event>>();
  #pulling = false;
  #started = false;
  #ended = false;

  /**
   * `limit` is the number of events that wait for a slow subscriber; `overflow` makes the last event of one who is too
   * slow; `onEnd` is called once.
   */
  constructor(
    upstream: AsyncIterable<Event>,
    limit: number,
    overflow: () => Event,
    onEnd: () => void,
  ) {
    this.#upstream = upstream[Symbol.asyncIterator]();
    this.#limit = limit;
    this.#overflow = overflow;
    this.#onEnd = onEnd;
  }

  /** Whether an event has been delivered, which somebody who joins now would not get. */
  get started(): boolean {
    return this.#started;
  }

  get ended(): boolean {
    return this.#ended;
  }

  subscribe(): AsyncIterableIterator<Event, undefined> {
    const queue: EventQueue<Event> = new EventQueue(
      this.#limit,
      () => this.#leave(queue),
      () => void this.#pull(),
    );
    if (this.#ended) queue.end();
    else this.#subscribers.add(queue);
    return queue;
  }

  async #pull(): Promise<void> {
    if (this.#pulling || this.#ended) return;
    this.#pulling = true;
    try {
      const { value, done } = await this.#upstream.next();
      this.#pulling = false;
      if (done) this.#end((queue) => queue.end());
      else this.#deliver(value);
    } catch (error) {
      this.#end((queue) => queue.fail(error));
    }
  }

  #deliver(event: Event): void {
    this.#started = true;
    for (const queue of [...this.#subscribers]) {
      if (queue.full) queue.endWith(this.#overflow());
      else queue.push(event);
    }
  }

  #end(tell: (queue: EventQueue<Event>) => void): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    for (const queue of [...this.#subscribers]) tell(queue);
  }

  #leave(queue: EventQueue<Event>): void {
    this.#subscribers.delete(queue);
    if (this.#subscribers.size > 0 || this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    // Not awaited: an upstream that is a generator answers only after its next event.
    this.#upstream.return?.()?.catch(() => {});
  }
}
