import type { Clock } from './circuit-breaker.js';

export interface RetryBudgetOptions {
  /** Retries that each call earns; 0.1 by default, so one in ten. */
  perCall?: number;
  /** Retries earned each second, so that rare calls are retried, too; 1 by default. */
  perSecond?: number;
  /** Most retries saved up; 10 by default. */
  most?: number;
}

/**
 * Keeps retries a small share of all calls, so that they do not bury a subgraph that is down already
 * (the retry budget of Finagle, and of "Addressing Cascading Failures" in Google's SRE book).
 */
export class RetryBudget {
  readonly #options: Required<RetryBudgetOptions>;
  readonly #clock: Clock;
  #saved: number;
  #counted: number;

  constructor(options: RetryBudgetOptions = {}, clock: Clock = () => performance.now()) {
    this.#options = { perCall: 0.1, perSecond: 1, most: 10, ...options };
    this.#clock = clock;
    this.#saved = this.#options.most;
    this.#counted = clock();
  }

  /** Each call earns its share of a retry. */
  earn(): void {
    this.#add(this.#options.perCall);
  }

  /** Takes one retry out of the budget; false where none is left. */
  spend(): boolean {
    const now = this.#clock();
    this.#add(((now - this.#counted) / 1000) * this.#options.perSecond);
    this.#counted = now;
    if (this.#saved < 1) return false;
    this.#saved -= 1;
    return true;
  }

  #add(retries: number): void {
    this.#saved = Math.min(this.#options.most, this.#saved + retries);
  }
}
