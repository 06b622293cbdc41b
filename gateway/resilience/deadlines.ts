/** Milliseconds between two looks, so also how late a deadline may be noticed. */
const TICK_MS = 50;

export interface Expiring {
  /** On the clock of `performance.now()`. */
  readonly due: number;
  /** Where it stands among those that wait; -1 where it does not. */
  place: number;
  expire(): void;
}

/**
 * The deadlines of all calls under way, on one timer: most calls are over long before theirs, and a list takes them
 * in and out at a tenth of what a timer of their own costs. Not a Set: what is added and deleted all the time makes it
 * leave tables behind, each of which leads to the next, and so calls that are long over stay in memory until the next
 * full garbage collection.
 */
class Deadlines {
  readonly #waiting: Expiring[] = [];
  #timer: NodeJS.Timeout | undefined;

  add(call: Expiring): void {
    call.place = this.#waiting.push(call) - 1;
    this.#timer ??= setInterval(() => this.#look(), TICK_MS);
  }

  delete(call: Expiring): void {
    if (call.place < 0) return;
    const last = this.#waiting.pop();
    if (last && last !== call) {
      this.#waiting[call.place] = last;
      last.place = call.place;
    }
    call.place = -1;
  }

  #look(): void {
    const now = performance.now();
    for (const call of this.#waiting.filter(({ due }) => due <= now)) {
      this.delete(call);
      call.expire();
    }
    if (this.#waiting.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

export const deadlines = new Deadlines();
