/** Milliseconds between two looks, so also how late a deadline may be noticed. */
const TICK_MS = 50;

export interface Expiring {
  /** On the clock of `performance.now()`. */
  readonly due: number;
  expire(): void;
}

/**
 * The deadlines of all calls under way, on one timer: most calls are over long before theirs, and a set takes them
 * in and out at a tenth of what a timer of their own costs.
 */
class Deadlines {
  readonly #waiting = new Set<Expiring>();
  #timer: NodeJS.Timeout | undefined;

  add(call: Expiring): void {
    this.#waiting.add(call);
    this.#timer ??= setInterval(() => this.#look(), TICK_MS);
  }

  delete(call: Expiring): void {
    this.#waiting.delete(call);
  }

  #look(): void {
    const now = performance.now();
    for (const call of this.#waiting) {
      if (call.due > now) continue;
      this.#waiting.delete(call);
      call.expire();
    }
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

export const deadlines = new Deadlines();
