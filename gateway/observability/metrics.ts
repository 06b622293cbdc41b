import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { WebSocket, WebSocketServer } from 'ws';
import type { DataSource } from '../data-sources/data-source.js';
import { GATEWAY_ERROR_CODES } from '../errors.js';
import type { AnswerStream, Operation } from '../operation.js';
import type { Operations } from '../operations.js';
import type { BreakerState } from '../resilience/circuit-breaker.js';
import { CircuitOpenError, SubgraphTimeoutError } from '../resilience/failures.js';
import { countedStream } from './counted-stream.js';
import { type Duration, Durations } from './durations.js';
import type { HttpHandler, Watcher } from './watcher.js';

export interface MetricsOptions {
  /** Where they go, beside other metrics; by default a registry of their own, which has those of the process, too. */
  registry?: Registry;
  /** Serve them at GET /metrics, on the gateway's own port, to everybody; true by default. */
  exposed?: boolean;
}

/** Names of operations that are not registered are the clients' own: as labels they would have no bounds. */
const AD_HOC = 'ad hoc';

const BREAKER_STATES: readonly BreakerState[] = ['closed', 'open', 'half-open'];

/** Those of WebSocket and of graphql-transport-ws; a client may send any. */
const CLOSE_CODES = new Set([
  ...[1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013],
  ...[4400, 4401, 4403, 4406, 4408, 4409, 4410, 4429],
]);

/** Prometheus metrics of one gateway. */
export class Metrics implements Watcher {
  readonly registry: Registry;
  readonly exposed: boolean;
  readonly #requests: Durations;
  readonly #operations: Durations;
  readonly #fetches: Durations;
  readonly #compilations: Durations;
  readonly #events: Counter<'operation'>;
  readonly #ended: Counter<'reason'>;
  readonly #breakers: Gauge<'subgraph' | 'state'>;
  readonly #retries: Counter<'subgraph'>;
  readonly #closes: Counter<'code'>;
  readonly #refusals: Counter<'code'>;
  #inFlight = 0;
  #sockets = 0;
  #subscriptions = 0;

  constructor({ registry = ownRegistry(), exposed = true }: MetricsOptions = {}) {
    this.registry = registry;
    this.exposed = exposed;
    const durations = (name: string, help: string) => new Durations(registry, name, help);
    this.#requests = durations(
      'gateway_http_request_duration_seconds',
      'HTTP requests for GraphQL, from their head until the answer is handed to the socket.',
    );
    this.#operations = durations(
      'gateway_operation_duration_seconds',
      'Queries and mutations over any transport; names are those of registered operations.',
    );
    this.#fetches = durations(
      'gateway_fetch_duration_seconds',
      'Calls to subgraphs, retries included: "errors" is an answer with errors, "failed" none at all.',
    );
    this.#compilations = durations(
      'gateway_compilation_duration_seconds',
      'Operations that were not found compiled: planned, or refused.',
    );
    this.#events = this.#counter(
      'gateway_subscription_events_total',
      'Answers delivered to subscribers.',
      'operation',
    );
    this.#ended = this.#counter(
      'gateway_subscriptions_ended_total',
      'Subscriptions that are over: "completed", "left" by the client, or the code of their last error.',
      'reason',
    );
    this.#breakers = new Gauge({
      name: 'gateway_circuit_breaker_state',
      help: '1 for the state that the breaker of a subgraph is in.',
      labelNames: ['subgraph', 'state'],
      registers: [registry],
    });
    this.#retries = this.#counter(
      'gateway_fetch_retries_total',
      'Reads that were asked of a subgraph once more.',
      'subgraph',
    );
    this.#closes = this.#counter(
      'gateway_web_socket_closes_total',
      'WebSockets that were closed, by close code.',
      'code',
    );
    this.#refusals = this.#counter(
      'gateway_refusals_total',
      'Requests of which nothing was run, by the code of their first error.',
      'code',
    );
    this.#gauge(
      'gateway_http_requests_in_flight',
      'HTTP requests for GraphQL being answered.',
      () => {
        return this.#inFlight;
      },
    );
    this.#gauge('gateway_web_sockets', 'WebSockets that are open.', () => this.#sockets);
    this.#gauge('gateway_subscriptions', 'Subscriptions being served.', () => this.#subscriptions);
  }

  /** Shows how many operations are compiled, and how often one was found so. */
  readOperations(operations: Operations): void {
    const registers = [this.registry];
    new Gauge({
      name: 'gateway_compiled_operations',
      help: 'Operations kept compiled.',
      labelNames: ['registered'],
      registers,
      collect() {
        const { registered, adHoc } = operations.sizes;
        this.set({ registered: 'true' }, registered);
        this.set({ registered: 'false' }, adHoc);
      },
    });
    new Counter({
      name: 'gateway_compiled_operation_hits_total',
      help: 'Operations that were found compiled; those that were not are compilations.',
      registers,
      collect() {
        this.reset();
        this.inc(operations.hits);
      },
    });
  }

  /** Counts the sockets of one more server. */
  countSockets(sockets: WebSocketServer): void {
    sockets.on('connection', (socket: WebSocket) => {
      this.#sockets += 1;
      socket.once('close', (code) => {
        this.#sockets -= 1;
        this.#closes.inc({ code: CLOSE_CODES.has(code) ? code : 'other' });
      });
    });
  }

  /** A number that is read whenever the metrics are. */
  #gauge(name: string, help: string, read: () => number): void {
    const registers = [this.registry];
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(read());
      },
    });
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
        return Symbol.asyncIterator in answer ? this.#counted(answer, name) : answer;
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
    this.onBreakerChange({ subgraph, state: 'closed' });
    const series = memoized((outcome) => this.#fetches.labels({ subgraph, outcome }));
    return {
      subscribe: (request) => source.subscribe(request),
      ready: () => source.ready(),
      close: () => source.close(),
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
    for (const each of BREAKER_STATES) {
      this.#breakers.set({ subgraph, state: each }, each === state ? 1 : 0);
    }
  }

  onRetry(event: { subgraph: string }): void {
    this.#retries.inc(event);
  }

  refused([error]: readonly GraphQLFormattedError[]): void {
    this.#refusals.inc({ code: codeOf(error) });
  }

  #counter<Label extends string>(name: string, help: string, label: Label): Counter<Label> {
    return new Counter({ name, help, labelNames: [label], registers: [this.registry] });
  }

  #counted(stream: AnswerStream, operation: string): AnswerStream {
    this.#subscriptions += 1;
    const events = this.#events.labels({ operation });
    let lastError: string | undefined;
    return countedStream(stream, {
      delivered: (answer) => {
        events.inc();
        // In this order: the data of an answer that is text would be parsed.
        lastError = answer.errors && !answer.data ? codeOf(answer.errors[0]) : undefined;
      },
      ended: (by) => {
        this.#subscriptions -= 1;
        const reason = by === 'subscriber' ? 'left' : (lastError ?? 'completed');
        this.#ended.inc({ reason });
      },
    });
  }
}

function failureOf(error: unknown): 'timeout' | 'circuit open' | 'failed' {
  if (error instanceof SubgraphTimeoutError) return 'timeout';
  return error instanceof CircuitOpenError ? 'circuit open' : 'failed';
}

function ownRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

function memoized(make: (key: string) => Duration): (key: string) => Duration {
  const known = new Map<string, Duration>();
  return (key) => {
    let made = known.get(key);
    if (!made) {
      made = make(key);
      known.set(key, made);
    }
    return made;
  };
}

/** What clients make up has no bounds. */
function methodOf(method = ''): string {
  return ['GET', 'POST', 'OPTIONS', 'HEAD'].includes(method) ? method : 'other';
}

function outcomeOf(answer: ExecutionResult): 'ok' | 'errors' | 'refused' {
  if (!('data' in answer)) return 'refused';
  return answer.errors ? 'errors' : 'ok';
}

/** The codes of the gateway are few; a subgraph may have any. */
function codeOf(error: GraphQLFormattedError | undefined): string {
  const code = String(error?.extensions?.code);
  return Object.hasOwn(GATEWAY_ERROR_CODES, code) ? code : 'other';
}
