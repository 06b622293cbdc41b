import type { Counter, Gauge, Registry } from 'prom-client';
import {
  ConnectionLostError,
  type DataSource,
  type SubgraphRequest,
} from '../data-sources/data-source.js';
import type { BreakerState } from '../resilience/circuit-breaker.js';
import { CircuitOpenError, SubgraphTimeoutError } from '../resilience/failures.js';
import { countedStream } from './counted-stream.js';
import { Durations } from './durations.js';
import { Families } from './families.js';
import { memoized } from './memoized.js';

const BREAKER_STATES: readonly BreakerState[] = ['closed', 'open', 'half-open'];

/** What is asked of subgraphs, and what comes of it. */
export class SubgraphMetrics {
  readonly #fetches: Durations;
  readonly #retries: Counter<'subgraph'>;
  readonly #breakers: Gauge<'subgraph' | 'state'>;
  readonly #breakerChanges: Counter<'subgraph' | 'state'>;
  readonly #streams: Gauge<'subgraph'>;
  readonly #streamsOpened: Counter<'subgraph' | 'outcome'>;
  readonly #streamsEnded: Counter<'subgraph' | 'reason'>;

  constructor(registry: Registry) {
    const families = new Families(registry);
    this.#fetches = new Durations(
      registry,
      'gateway_fetch_duration_seconds',
      'Calls to subgraphs, retries included: "errors" is an answer with errors, "failed" none at all.',
    );
    this.#retries = families.counter(
      'gateway_fetch_retries_total',
      'Reads that were asked of a subgraph once more.',
      'subgraph',
    );
    this.#breakers = families.gauge(
      'gateway_circuit_breaker_state',
      '1 for the state that the breaker of a subgraph is in.',
      ...(['subgraph', 'state'] as const),
    );
    this.#breakerChanges = families.counter(
      'gateway_circuit_breaker_changes_total',
      'How often the breaker of a subgraph came into a state.',
      ...(['subgraph', 'state'] as const),
    );
    this.#streams = families.gauge(
      'gateway_upstream_subscriptions',
      'Event streams of subgraphs that are open.',
      'subgraph',
    );
    this.#streamsOpened = families.counter(
      'gateway_upstream_subscriptions_opened_total',
      'Attempts to open an event stream of a subgraph, first ones and new ones.',
      ...(['subgraph', 'outcome'] as const),
    );
    this.#streamsEnded = families.counter(
      'gateway_upstream_subscriptions_ended_total',
      'Event streams of subgraphs that are over; those "lost" are opened again, if they can be resumed.',
      ...(['subgraph', 'reason'] as const),
    );
  }

  source(subgraph: string, source: DataSource): DataSource {
    this.#showBreaker(subgraph, 'closed');
    this.#streams.inc({ subgraph }, 0);
    const series = memoized((outcome) => this.#fetches.labels({ subgraph, outcome }));
    return {
      ready: () => source.ready(),
      close: () => source.close(),
      subscribe: (request) => this.#subscribe(subgraph, source, request),
      execute: async (request, call) => {
        const start = performance.now();
        let outcome = 'ok';
        try {
          const answer = await source.execute(request, call);
          if (answer.errors?.length) outcome = 'errors';
          return answer;
        } catch (error) {
          outcome = failureOf(error);
          throw error;
        } finally {
          series(outcome).observe(performance.now() - start);
        }
      },
    };
  }

  onBreakerChange({ subgraph, state }: { subgraph: string; state: BreakerState }): void {
    this.#showBreaker(subgraph, state);
    this.#breakerChanges.inc({ subgraph, state });
  }

  onRetry(event: { subgraph: string }): void {
    this.#retries.inc(event);
  }

  #showBreaker(subgraph: string, state: BreakerState): void {
    for (const each of BREAKER_STATES) {
      this.#breakers.set({ subgraph, state: each }, each === state ? 1 : 0);
    }
  }

  async #subscribe(subgraph: string, source: DataSource, request: SubgraphRequest) {
    let outcome = 'refused';
    try {
      const opened = await source.subscribe(request);
      if (!(Symbol.asyncIterator in opened)) return opened;
      outcome = 'ok';
      this.#streams.inc({ subgraph });
      return countedStream(opened, {
        ended: (how, error) => {
          this.#streams.dec({ subgraph });
          const reason = error instanceof ConnectionLostError ? 'lost' : how;
          this.#streamsEnded.inc({ subgraph, reason });
        },
      });
    } catch (error) {
      outcome = failureOf(error);
      throw error;
    } finally {
      this.#streamsOpened.inc({ subgraph, outcome });
    }
  }
}

function failureOf(error: unknown): 'timeout' | 'circuit open' | 'failed' {
  if (error instanceof SubgraphTimeoutError) return 'timeout';
  return error instanceof CircuitOpenError ? 'circuit open' : 'failed';
}
