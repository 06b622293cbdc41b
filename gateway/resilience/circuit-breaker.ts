export interface BreakerOptions {
  /** Share of failed calls, 0 to 1, that opens the breaker; 0.5 by default. */
  failureRate?: number;
  /** Calls the window must hold before their rate counts; 20 by default. */
  minimumCalls?: number;
  /** Milliseconds that calls are looked back upon; 10,000 by default. */
  windowMs?: number;
  /** Milliseconds that an open breaker lets no call through; 5,000 by default. */
  openMs?: number;
}

/** `half-open` lets one call through at a time, to see whether the other side is back. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** Milliseconds on a clock that never goes back; the start does not matter. */
export type Clock = () => number;

export type Admission = 'call' | 'probe' | 'refused';

const SLICES = 10;

interface Slice {
  started: number;
  calls: number;
  failures: number;
}

/**
 * Stops calls to what fails anyway, as in M. Nygard's "Release It!": closed until too many of the calls in a sliding
 * window fail, then open, then half-open until one call has shown the way.
 */
export class CircuitBreaker {
  #state: BreakerState = 'closed';
  #opened = 0;
  #probing = false;
  #slices: Slice[] = [];
  readonly #options: Required<BreakerOptions>;
  readonly #clock: Clock;
  readonly #onChange: (state: BreakerState) => void;

  constructor(
    options: BreakerOptions = {},
    onChange: (state: BreakerState) => void = () => {},
    clock: Clock = () => performance.now(),
  ) {
    const defaults = { failureRate: 0.5, minimumCalls: 20, windowMs: 10_000, openMs: 5_000 };
    this.#options = { ...defaults, ...options };
    this.#onChange = onChange;
    this.#clock = clock;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Milliseconds until the next probe may go; 0 when the breaker is not open. */
  get waitMs(): number {
    if (this.#state !== 'open') return 0;
    return Math.max(0, this.#opened + this.#options.openMs - this.#clock());
  }

  /** Asks to make a call. Whoever is let in says afterwards how it went. */
  enter(): Admission {
    if (this.#state === 'closed') return 'call';
    if (this.#state === 'open' && this.waitMs > 0) return 'refused';
    if (this.#probing) return 'refused';
    this.#probing = true;
    this.#become('half-open');
    return 'probe';
  }

  succeeded(admission: Admission): void {
    if (admission === 'probe') this.#close();
    else if (this.#state === 'closed') this.#slice().calls += 1;
  }

  failed(admission: Admission): void {
    if (admission === 'probe') this.#open();
    // A call from before the breaker opened says nothing of what came since.
    else if (this.#state === 'closed') this.#countFailure();
  }

  /** The call came to nothing for reasons of its own. */
  abandoned(admission: Admission): void {
    if (admission === 'probe') this.#probing = false;
  }

  #countFailure(): void {
    const slice = this.#slice();
    slice.calls += 1;
    slice.failures += 1;
    if (this.#tooManyFailed()) this.#open();
  }

  #tooManyFailed(): boolean {
    const oldest = this.#clock() - this.#options.windowMs;
    let [calls, failures] = [0, 0];
    for (const slice of this.#slices) {
      if (slice.started <= oldest) continue;
      calls += slice.calls;
      failures += slice.failures;
    }
    return calls >= this.#options.minimumCalls && failures >= calls * this.#options.failureRate;
  }

  /** The counts of the present tenth of the window. */
  #slice(): Slice {
    const now = this.#clock();
    const last = this.#slices.at(-1);
    if (last && now - last.started < this.#options.windowMs / SLICES) return last;
    const slice = { started: now, calls: 0, failures: 0 };
    this.#slices.push(slice);
    if (this.#slices.length > SLICES) this.#slices.shift();
    return slice;
  }

  #open(): void {
    this.#probing = false;
    this.#opened = this.#clock();
    this.#become('open');
  }

  #close(): void {
    this.#probing = false;
    this.#slices = [];
    this.#become('closed');
  }

  #become(state: BreakerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onChange(state);
  }
}
