/** A wake-up that is not lost when it comes while nobody waits. */
export class Signal {
  #woken = false;
  #resume: (() => void) | undefined;
  #ended = false;

  get ended(): boolean {
    return this.#ended;
  }

  wake(): void {
    this.#woken = true;
    this.#resume?.();
  }

  /** Wakes whoever waits, for the last time. */
  end(): void {
    this.#ended = true;
    this.wake();
  }

  /** Resolves when woken since the last wait, or after `ms`; at once when that has happened already. */
  async wait(ms: number): Promise<void> {
    if (!this.#woken) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      this.#resume = resolve;
      await promise;
      clearTimeout(timer);
    }
    this.#resume = undefined;
    this.#woken = this.#ended;
  }
}

/**
 * A generator that `signal` paces, as a stream that can be left at any time: a bare async generator would answer
 * `return()` only when its present wait is over. `left` is called once, when it is left, ends or fails: whoever
 * loops over a stream that fails does not call `return()`.
 */
export function stream<Item>(
  signal: Signal,
  items: AsyncGenerator<Item, void, void>,
  left: () => void = () => {},
): AsyncGenerator<Item, void, void> {
  const end = () => {
    if (signal.ended) return;
    signal.end();
    left();
  };
  const leave = () => {
    end();
    return items.return();
  };
  return {
    next: async () => {
      try {
        const item = await items.next();
        if (item.done) end();
        return item;
      } catch (error) {
        end();
        throw error;
      }
    },
    return: leave,
    throw: leave,
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await leave()),
  };
}
