import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Draining, draining } from '@waybill/kernel/draining.js';
import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { tracer } from '@waybill/kernel/tracing.js';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { type Authenticate, everybodyIsAnonymous, upToDate } from './authentication.js';
import { createEngine, type Engine, type EngineOptions, type Reload } from './engine.js';
import { internalError } from './errors.js';
import { headerPicker } from './forwarded-headers.js';
import type { GraphiqlSetting } from './graphiql.js';
import { readParams } from './graphql-params.js';
import { Metrics, type MetricsOptions } from './observability/metrics.js';
import { prometheusText } from './observability/prometheus-text.js';
import { Traces } from './observability/traces.js';
import { Watchers } from './observability/watcher.js';
import type { AnswerStream, Operation, Variables } from './operation.js';
import type { ClientAddress } from './rate-limits/client-address.js';
import {
  rateLimiter as createRateLimiter,
  type RateLimitOptions,
} from './rate-limits/rate-limiter.js';
import { type RequestContext, requestIdFrom } from './request.js';
import { type SafelistFor, stillListed } from './safelist.js';
import { startAdHocServer } from './transport/ad-hoc.js';
import { handleGraphql } from './transport/graphql-endpoint.js';
import { createHttpServer, type HttpRoutes, requestListener } from './transport/http-server.js';
import type { PassThrough } from './transport/pass-through.js';
import { shutDown } from './transport/shut-down.js';
import { attachWebSockets, type WebSocketOptions } from './transport/web-socket-server.js';

export type GatewayOptions = EngineOptions & {
  /** Who asks; everybody is anonymous by default. */
  authenticate?: Authenticate;
  /** Run operations that are not registered, too; true by default. */
  allowAdHoc?: boolean;
  /** Callers who run operations of their own and no others; none by default. */
  safelistFor?: SafelistFor;
  /**
   * Names of request headers that subgraphs get as the client sent them, such as `authorization`; none by default. Over
   * a WebSocket they are taken from its connectionParams. Answers and streams are not shared between callers who differ
   * in them.
   */
  forwardHeaders?: readonly string[];
  /** From where a request comes; subgraphs are told of it with each mutation. None are by default. */
  addressOf?: ClientAddress;
  /** What the page at /graphiql opens with; no page without it. */
  graphiql?: GraphiqlSetting;
  /** Requests that are handed on as they come, by how their path begins; none by default. */
  passThrough?: readonly PassThrough[];
  /** Answers requests for paths that are not the gateway's. */
  otherRequests?: RequestListener;
  /** Largest request body and WebSocket frame; 1 MiB by default. */
  maxBodyBytes?: number;
  /** How much each caller may ask for over HTTP and WebSocket, by what operations cost; no limit by default. */
  rateLimits?: RateLimitOptions | false;
  /** Prometheus metrics; none by default. */
  metrics?: MetricsOptions;
  /** What WebSocket clients may do; see docs/subscriptions.md. */
  webSockets?: WebSocketOptions;
  /**
   * Milliseconds for which the gateway goes on after it has been told to close, saying 503 at /ready: as long as a load
   * balancer takes to notice. 0 by default.
   */
  shutdownGraceMs?: number;
  /** Milliseconds that requests in flight have to finish after that; 4,000 by default. */
  shutdownDeadlineMs?: number;
};

/** An operation run from within the process: by its text or by the id of a registered one. */
export interface InProcessOperation {
  query?: string;
  documentId?: string;
  operationName?: string;
  variables?: Record<string, unknown>;
  /** On whose behalf; anonymous by default. */
  identity?: Identity;
  requestId?: string;
}

export interface Gateway {
  readonly engine: Engine;
  /** Answers every HTTP request of the gateway; for a server of one's own. */
  readonly handler: RequestListener;
  /** Serves HTTP and WebSocket; port 0 takes a free one. Rejects when the port is taken. */
  listen(port: number, host?: string): Promise<{ port: number; url: string; server: Server }>;
  execute(operation: InProcessOperation): Promise<ExecutionResult>;
  subscribe(operation: InProcessOperation): Promise<AnswerStream | ExecutionResult>;
  /**
   * Takes over another version of the supergraph while running: no request is dropped, and running
   * subscriptions go on as they began. Rejects, and nothing changes, when the new version is unusable.
   */
  reload(next: Reload): Promise<void>;
  /** Stops accepting, closes sockets with 1001, answers what is in flight, closes the data sources and the stores. */
  close(): Promise<void>;
}

export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const metrics = options.metrics && new Metrics(options.metrics);
  // Where an OpenTelemetry SDK is set up, it was before: it has to see everything from the start.
  const traces = tracer() && new Traces();
  const watchers = new Watchers([traces, metrics].filter((each) => each !== undefined));
  const engine = createEngine(options, watchers);
  metrics?.readEngine(engine);
  const adHoc = await startAdHocServer(engine);
  const { allowAdHoc = true, safelistFor, reviseIdentity } = options;
  const authenticate = upToDate(options.authenticate ?? everybodyIsAnonymous, reviseIdentity);
  const { maxBodyBytes = 1_048_576 } = options;
  const { shutdownGraceMs = 0, shutdownDeadlineMs = 4_000 } = options;
  let stopping = false;
  let closing: Promise<void> | undefined;
  const rateLimiter = options.rateLimits ? createRateLimiter(options.rateLimits) : undefined;
  const pickHeaders = headerPicker(options.forwardHeaders);
  const callers = { authenticate, reviseIdentity, allowAdHoc, safelistFor };
  const front = { engine, ...callers, rateLimiter, pickHeaders, addressOf: options.addressOf };
  const endpoint = { ...front, adHoc, maxBodyBytes };
  const routes: HttpRoutes = {
    graphql: watchers.http((request, response) => handleGraphql(endpoint, request, response)),
    metrics: metrics?.exposed ? () => prometheusText(metrics.registry) : undefined,
    log: engine.log,
    sources: () => engine.sources.current,
    graphiql: options.graphiql,
    passThrough: options.passThrough ?? [],
    otherRequests: options.otherRequests,
    draining: () => closing !== undefined,
  };
  const webSockets = {
    ...options.webSockets,
    ...front,
    maxFrameBytes: maxBodyBytes,
    draining: () => stopping,
  };
  const listeners: Array<{ drained: Draining; stop: () => Promise<void> }> = [];

  async function listen(port: number, host?: string) {
    const server = createHttpServer(routes);
    const drained = draining(server);
    const attached = attachWebSockets(webSockets, server);
    metrics?.countSockets(attached.sockets);
    await startListening(server, port, host);
    listeners.push({ drained, stop: () => shutDown(drained, attached, shutdownDeadlineMs) });
    const { port: actual } = server.address() as AddressInfo;
    const name = host?.includes(':') ? `[${host}]` : (host ?? 'localhost');
    return { port: actual, url: `http://${name}:${actual}/graphql`, server };
  }

  async function close() {
    engine.close();
    for (const { drained } of listeners) drained.begin();
    if (shutdownGraceMs > 0) await delay(shutdownGraceMs);
    stopping = true;
    await Promise.all(listeners.map(({ stop }) => stop()));
    await adHoc.stop();
    await engine.sources.close();
    if (options.caching) await options.caching.store?.close();
    await rateLimiter?.close();
  }

  return {
    engine,
    handler: requestListener(routes),
    listen,
    execute: (operation) => runInProcess(front, operation, runQuery),
    subscribe: (operation) => runInProcess(front, operation, openSubscription),
    reload: engine.reload,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function startListening(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

type Run<Answer> = (
  operation: Operation,
  variables: Variables,
  context: RequestContext,
) => Promise<Answer>;

const runQuery: Run<ExecutionResult> = (operation, variables, context) =>
  operation.run(variables, context);

const openSubscription: Run<AnswerStream | ExecutionResult> = (operation, variables, context) =>
  operation.subscribe(variables, context);

async function runInProcess<Answer>(
  { engine, safelistFor }: { engine: Engine; safelistFor: SafelistFor | undefined },
  asked: InProcessOperation,
  run: Run<Answer>,
): Promise<Answer | ExecutionResult> {
  const requestId = requestIdFrom(asked.requestId);
  const context = { identity: asked.identity ?? ANONYMOUS, requestId };
  try {
    const params = readParams(asked);
    const safelist = await safelistFor?.(context.identity);
    const operation = safelist
      ? engine.operations.listed(safelist, params)
      : engine.operations.resolve(params, true);
    const listed = safelist && safelistFor && stillListed(safelistFor, context.identity, params);
    return await run(operation, params.variables, { ...context, stillListed: listed });
  } catch (error) {
    if (error instanceof AggregateError) return { errors: error.errors };
    if (error instanceof GraphQLError) return { errors: [error] };
    engine.log.error({ requestId, err: error }, 'An operation failed');
    return { errors: [internalError(requestId)] };
  }
}
