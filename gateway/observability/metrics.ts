import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { type Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { WebSocketServer } from 'ws';
import type { DataSource } from '../data-sources/data-source.js';
import type { Engine } from '../engine.js';
import type { Operation } from '../operation.js';
import type { BreakerState } from '../resilience/circuit-breaker.js';
import { codeLabel } from './code-label.js';
import { Durations } from './durations.js';
import { Families } from './families.js';
import { memoized } from './memoized.js';
import { SubgraphMetrics } from './subgraph-metrics.js';
import { SubscriptionMetrics } from './subscription-metrics.js';
import type { HttpHandler, Watcher } from './watcher.js';

export interface MetricsOptions {
  /** Where they go, beside other metrics; by default a registry of their own, which has those of the process, too. */
  registry?: Registry;
  /** Serve them at GET /metrics, on the gateway's own port, to everybody; true by default. */
  exposed?: boolean;
}

/** Names of operations that are not registered are the clients' own: as labels they would have no bounds. */
const AD_HOC = 'ad hoc';

/** Prometheus metrics of one gateway. */
export class Metrics implements Watcher {
  readonly registry: Registry;
  readonly exposed: boolean;
  readonly #requests: Durations;
  readonly #operations: Durations;
  readonly #compilations: Durations;
  readonly #refusals: Counter<'code'>;
  readonly #subgraphs: SubgraphMetrics;
  readonly #subscriptions: SubscriptionMetrics;
  #inFlight = 0;

  constructor({ registry = ownRegistry(), exposed = true }: MetricsOptions = {}) {
    this.registry = registry;
    this.exposed = exposed;
    const families = new Families(registry);
    const durations = (name: string, help: string) => new Durations(registry, name, help);
    this.#requests = durations(
      'gateway_http_request_duration_seconds',
      'HTTP requests for GraphQL, from their head until the answer is handed to the socket.',
    );
    families.reading(
      'gateway_http_requests_in_flight',
      'HTTP requests for GraphQL being answered.',
      () => this.#inFlight,
    );
    this.#operations = durations(
      'gateway_operation_duration_seconds',
      'Queries and mutations over any transport; names are those of registered operations.',
    );
    this.#compilations = durations(
      'gateway_compilation_duration_seconds',
      'Operations that were not found compiled: planned, or refused.',
    );
    this.#refusals = families.counter(
      'gateway_refusals_total',
      'Requests of which nothing was run, by the code of their first error.',
      'code',
    );
    this.#subgraphs = new SubgraphMetrics(registry);
    this.#subscriptions = new SubscriptionMetrics(registry);
  }

  /** Shows what the engine counts itself: operations that are compiled, answers that are kept. */
  readEngine({ operations, answers }: Engine): void {
    const families = new Families(this.registry);
    new Gauge({
      name: 'gateway_compiled_operations',
      help: 'Operations kept compiled.',
      labelNames: ['registered'],
      registers: [this.registry],
      collect() {
        const { registered, adHoc } = operations.sizes;
        this.set({ registered: 'true' }, registered);
        this.set({ registered: 'false' }, adHoc);
      },
    });
    families.counted(
      'gateway_compiled_operation_hits_total',
      'Operations that were found compiled; those that were not are compilations.',
      () => operations.hits,
    );
    if (!answers) return;
    families.counted(
      'gateway_response_cache_hits_total',
      'Requests that were answered from the response cache.',
      () => answers.hits,
    );
    families.counted(
      'gateway_response_cache_misses_total',
      'Requests whose answer could be kept, but was not found in the response cache.',
      () => answers.misses,
    );
  }

  countSockets(sockets: WebSocketServer): void {
    this.#subscriptions.countSockets(sockets);
  }

  http(handle: HttpHandler): HttpHandler {
    const series = memoized((key) => {
      const [method = '', status = ''] = key.split(' ');
      return this.#requests.labels({ method, status });
    });
    return async (request, response) => {
      const start = performance.now();
      this.#inFlight += 1;
      try {
        await handle(request, response);
      } finally {
        this.#inFlight -= 1;
        const key = `${methodOf(request.method)} ${response.statusCode}`;
        series(key).observe(performance.now() - start);
      }
    };
  }

  operation(operation: Operation, registered: boolean): Operation {
    const { kind } = operation;
    const name = registered ? (operation.name ?? 'unnamed') : AD_HOC;
    const series = memoized((outcome) =>
      this.#operations.labels({ operation: name, kind, outcome }),
    );
    return {
      ...operation,
      run: async (variables, context) => {
        const start = performance.now();
        const answer = await operation.run(variables, context);
        series(outcomeOf(answer)).observe(performance.now() - start);
        return answer;
      },
      subscribe: async (variables, context) => {
        const answer = await operation.subscribe(variables, context);
        if (!(Symbol.asyncIterator in answer)) return answer;
        return this.#subscriptions.counted(answer, name);
      },
    };
  }

  compiling(compile: () => Operation): Operation {
    const start = performance.now();
    let outcome = 'refused';
    try {
      const operation = compile();
      outcome = 'planned';
      return operation;
    } finally {
      this.#compilations.labels({ outcome }).observe(performance.now() - start);
    }
  }

  source(subgraph: string, source: DataSource): DataSource {
    return this.#subgraphs.source(subgraph, source);
  }

  onBreakerChange(event: { subgraph: string; state: BreakerState }): void {
    this.#subgraphs.onBreakerChange(event);
  }

  onRetry(event: { subgraph: string }): void {
    this.#subgraphs.onRetry(event);
  }

  refused([error]: readonly GraphQLFormattedError[]): void {
    this.#refusals.inc({ code: codeLabel(error) });
  }
}

function ownRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** What clients make up has no bounds. */
function methodOf(method = ''): string {
  return ['GET', 'POST', 'OPTIONS', 'HEAD'].includes(method) ? method : 'other';
}

function outcomeOf(answer: ExecutionResult): 'ok' | 'errors' | 'refused' {
  if (!('data' in answer)) return 'refused';
  return answer.errors ? 'errors' : 'ok';
}
