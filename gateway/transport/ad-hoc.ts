import type { IncomingHttpHeaders } from 'node:http';
import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
  HeaderMap,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Engine } from '../engine.js';
import { internalError } from '../errors.js';
import type { GatewayLog } from '../log.js';
import type { Watchers } from '../observability/watcher.js';
import type { RequestContext } from '../request.js';
import { refusalStatus } from './responses.js';

type ApolloGateway = ApolloServerOptionsWithGateway<RequestContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<ApolloGateway['load']>>['executor']>;

export interface AdHocRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** The query string with its question mark, or an empty string. */
  readonly search: string;
  readonly body: unknown;
}

/** The way of operations that are not registered: Apollo Server's checks and plugins around our executor. */
export interface AdHocServer {
  /** It wants requests as they came, and says by itself what is wrong with them. */
  readonly refusesItself: boolean;
  handle(request: AdHocRequest, context: RequestContext): Promise<HTTPGraphQLResponse>;
  stop(): Promise<void>;
}

export async function startAdHocServer(engine: Engine): Promise<AdHocServer> {
  const server = new ApolloServer<RequestContext>({
    gateway: apolloGateway(engine),
    introspection: engine.introspection,
    hideSchemaDetailsFromClientErrors: !engine.introspection,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    logger: apolloLogger(engine.log),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      refusals(engine.watchers),
    ],
  });
  await server.start();
  return {
    ...serveApollo(server, (context) => context, markHarmless),
    refusesItself: false,
  };
}

/** Any Apollo Server, started, behind our HTTP layer; `mark` may add to the headers that it sees. */
export function serveApollo<Context extends BaseContext>(
  server: ApolloServer<Context>,
  contextFor: (context: RequestContext) => Context | Promise<Context>,
  mark?: (headers: HeaderMap) => void,
): AdHocServer {
  return {
    refusesItself: true,
    handle: ({ headers, ...request }, context) => {
      const map = headerMap(headers);
      mark?.(map);
      return server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { ...request, headers: map },
        context: async () => contextFor(context),
      });
    },
    stop: () => server.stop(),
  };
}

function apolloGateway(engine: Engine): ApolloGateway {
  let announce: Parameters<ApolloGateway['onSchemaLoadOrUpdate']>[0] = () => {};
  return {
    onSchemaLoadOrUpdate: (callback) => {
      announce = callback;
      return () => {};
    },
    load: async () => {
      engine.onGraph(({ apiSchema, sdl }) => announce({ apiSchema, coreSupergraphSdl: sdl }));
      return { executor: executorOf(engine) };
    },
    stop: async () => {},
  };
}

function apolloLogger(log: GatewayLog) {
  return {
    debug() {},
    info: (message: unknown) => log.info({}, String(message)),
    warn: (message: unknown) => log.warn({}, String(message)),
    error: (message: unknown) => log.error({}, String(message)),
  };
}

function executorOf(engine: Engine): Executor {
  return async ({ source, document, schema, operationName, request, context }) => {
    const { requestId, charge } = context as RequestContext;
    try {
      const validated = { document, schema };
      const operation = engine.operations.adHoc(source, operationName ?? undefined, validated);
      if (charge) await charge.take(operation);
      const result = await operation.run(request.variables ?? {}, context as RequestContext);
      return 'data' in result ? result : withStatus(400, result.errors);
    } catch (error) {
      if (error instanceof AggregateError) return withStatus(400, error.errors);
      if (error instanceof GraphQLError) return { errors: [error] };
      engine.log.error({ requestId, err: error }, 'An operation could not be planned');
      return withStatus(500, [internalError(requestId)]);
    }
  };
}

/** Apollo Server takes the status of an answer without data from its errors. */
function withStatus(status: number, errors: readonly GraphQLError[] = []): ExecutionResult {
  return {
    errors: errors.map(
      ({ message, extensions }) =>
        new GraphQLError(message, { extensions: { ...extensions, http: { status } } }),
    ),
  };
}

/** Puts codes and request ids into errors, and says 400 only to clients that can read it. */
const refusals = (watchers: Watchers): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: async () => ({
    async willSendResponse({ contextValue, request, response: { http, body } }) {
      const refused = http.status === 400;
      if (refused) http.status = refusalStatus(request.http?.headers.get('accept'));
      const { data, errors } = body.kind === 'single' ? body.singleResult : body.initialResult;
      for (const error of errors ?? []) {
        const extensions = completed(error.extensions, refused, contextValue);
        Object.assign(error, { extensions });
      }
      if (data === undefined) watchers.refused(errors);
    },
  }),
});

/** Apollo Server leaves some refusals without a code, such as that of a hash which is not the text's. */
function completed(
  extensions: GraphQLFormattedError['extensions'],
  refused: boolean,
  { requestId }: RequestContext,
) {
  const uncoded = refused && extensions?.code === 'INTERNAL_SERVER_ERROR';
  return { ...extensions, ...(uncoded && { code: 'BAD_REQUEST' }), requestId };
}

const OWN_SITES: ReadonlySet<unknown> = new Set(['same-origin', 'none']);

/** Apollo Server asks everybody for this header, by which foreign pages cannot go unnoticed. */
function markHarmless(headers: HeaderMap): void {
  if (!mayBeForeignPage(headers)) headers.set('apollo-require-preflight', 'true');
}

/** Browsers say where a request comes from; who says nothing of the kind is no browser. */
function mayBeForeignPage(headers: HeaderMap): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== undefined) return !OWN_SITES.has(site);
  return headers.has('origin') || headers.has('referer');
}

function headerMap(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}
