/** Milliseconds within which an answer is quick, whatever is usual. */
const QUICK_MS = 10;

/** What is usual, times this, is slow; times that, it is not waited for behind others. */
const SLOW = 3;
const TOO_SLOW = 6;

/** Three steps up undo one down: a quarter of the answers takes less than where they balance. */
const UP = 1.02;
const DOWN = UP ** -3;

/** How much of what was known of an operation the next answer leaves. */
const MEMORY = 0.8;

/** How long one operation takes to be answered. */
export class Pace {
  /** Milliseconds, the latest counting most; nothing is quick before it has been seen to be. */
  averageMs = Number.POSITIVE_INFINITY;

  took(milliseconds: number): void {
    const before = Number.isFinite(this.averageMs) ? this.averageMs : milliseconds;
    this.averageMs = before * MEMORY + milliseconds * (1 - MEMORY);
  }
}

/**
 * How fast a server answers, as far as it matters to requests that share a connection, where each waits for those before
 * it: only operations that take no longer than usual may. "Usual" is what the quickest quarter of the answers takes, so
 * that it rises when a server is busy with all of them, but not when some of its operations are slow.
 */
export class Tempo {
  #usualMs = 1;

  took(milliseconds: number): void {
    this.#usualMs *= milliseconds > this.#usualMs ? UP : DOWN;
  }

  mayShare({ averageMs }: Pace): boolean {
    return averageMs < Math.max(QUICK_MS, SLOW * this.#usualMs);
  }

  /** Milliseconds for which a request waits for those before it on its connection. */
  get patienceMs(): number {
    return Math.max(2 * QUICK_MS, TOO_SLOW * this.#usualMs);
  }
}
