import type {
  Awaitable,
  CallHandle,
  DataSource,
  SubgraphAnswer,
  SubgraphRequest,
} from '../data-sources/data-source.js';
import { AnswerTooLargeError, isPassing } from '../data-sources/failures.js';
import type { Admission, CircuitBreaker } from './circuit-breaker.js';
import { deadlines, type Expiring } from './deadlines.js';
import { CircuitOpenError, SubgraphTimeoutError } from './failures.js';
import type { RetryBudget } from './retry-budget.js';

/** What all calls to one subgraph share. */
export interface CallRules {
  readonly source: DataSource;
  readonly deadlineMs: number;
  readonly breaker: CircuitBreaker | undefined;
  readonly retryBudget: RetryBudget | undefined;
  readonly onRetry: (() => void) | undefined;
}

/** A pause at random before a retry, so that the retries of many calls do not arrive together. */
const RETRY_PAUSE_MS = { least: 10, most: 60 } as const;

/** One call to a subgraph: one attempt or two, over by its deadline. */
export class Call implements CallHandle, Expiring {
  /** Set by a source that can break its attempt off. */
  cancel: ((reason: Error) => void) | undefined;
  readonly #rules: CallRules;
  readonly #request: SubgraphRequest;
  readonly due: number;
  place = -1;
  readonly #started = performance.now();
  #admission: Admission = 'call';
  #settled = false;
  #retried = false;
  #pause: NodeJS.Timeout | undefined;
  #resolve!: (answer: SubgraphAnswer) => void;
  #reject!: (error: unknown) => void;

  constructor(rules: CallRules, request: SubgraphRequest) {
    this.#rules = rules;
    this.#request = request;
    const due = this.#started + rules.deadlineMs;
    this.due = request.deadline === undefined ? due : Math.min(due, request.deadline);
  }

  /** Throws, answers at once where the source does, and waits only for a source that does not. */
  run(): Awaitable<SubgraphAnswer> {
    if (this.due <= this.#started) throw new SubgraphTimeoutError(0);
    const { breaker, retryBudget } = this.#rules;
    if (!this.#enter()) throw new CircuitOpenError(breaker?.waitMs ?? 0);
    retryBudget?.earn();
    let answer: Awaitable<SubgraphAnswer>;
    try {
      answer = this.#rules.source.execute(this.#request, this);
    } catch (error) {
      breaker?.failed(this.#admission);
      throw error;
    }
    if (isPromise(answer)) return this.#outcome(answer);
    breaker?.succeeded(this.#admission);
    return answer;
  }

  #enter(): boolean {
    const { breaker } = this.#rules;
    if (breaker) this.#admission = breaker.enter();
    return this.#admission !== 'refused';
  }

  #outcome(answer: Promise<SubgraphAnswer>): Promise<SubgraphAnswer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      deadlines.add(this);
      this.#follow(answer);
    });
  }

  #follow(answer: Promise<SubgraphAnswer>): void {
    answer.then(
      (given) => this.#succeeded(given),
      (error: unknown) => this.#failed(error),
    );
  }

  #succeeded(answer: SubgraphAnswer): void {
    if (this.#settled) return;
    this.#rules.breaker?.succeeded(this.#admission);
    this.#settle();
    this.#resolve(answer);
  }

  #failed(error: unknown): void {
    if (this.#settled) return;
    const { breaker } = this.#rules;
    // That answer is too large, but it is one.
    if (error instanceof AnswerTooLargeError) breaker?.succeeded(this.#admission);
    else breaker?.failed(this.#admission);
    if (this.#mayRetry(error)) this.#retry(error);
    else this.#giveUp(error);
  }

  /** Only what changes nothing is asked twice, and only where nobody has answered it. */
  #mayRetry(error: unknown): boolean {
    const { breaker, retryBudget } = this.#rules;
    if (this.#retried || this.#request.operation.kind !== 'query' || !isPassing(error))
      return false;
    if (breaker && breaker.state !== 'closed') return false;
    return retryBudget?.spend() ?? false;
  }

  #retry(error: unknown): void {
    const { least, most } = RETRY_PAUSE_MS;
    this.#retried = true;
    this.#pause = setTimeout(
      () => {
        if (this.#enter()) this.#askAgain();
        else this.#giveUp(error);
      },
      least + Math.random() * (most - least),
    );
  }

  #askAgain(): void {
    const { source, onRetry } = this.#rules;
    onRetry?.();
    this.#follow((async () => source.execute(this.#request, this))());
  }

  #giveUp(error: unknown): void {
    this.#settle();
    this.#reject(error);
  }

  /** The deadline has come. What the source still brings is nobody's any more. */
  expire(): void {
    const { breaker, deadlineMs } = this.#rules;
    const error = new SubgraphTimeoutError(this.due - this.#started);
    // A request that was late already says nothing of the subgraph that it asks last.
    if (this.due < this.#started + deadlineMs) breaker?.abandoned(this.#admission);
    else breaker?.failed(this.#admission);
    this.#giveUp(error);
    this.cancel?.(error);
  }

  #settle(): void {
    this.#settled = true;
    deadlines.delete(this);
    if (this.#pause) clearTimeout(this.#pause);
  }
}

function isPromise<T extends object>(value: Awaitable<T>): value is Promise<T> {
  return 'then' in value && typeof value.then === 'function';
}
