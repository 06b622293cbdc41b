import type { IncomingHttpHeaders } from 'node:http';
import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type GraphQLRequestContext,
  type GraphQLRequestListener,
  HeaderMap,
  type HTTPGraphQLHead,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import {
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
} from 'graphql';
import { withoutSuggestions } from '../discretion.js';
import type { Engine } from '../engine.js';
import { internalError } from '../errors.js';
import type { GatewayLog } from '../log.js';
import type { RequestContext } from '../request.js';
import { WrittenAnswer } from '../written-answer.js';
import { type ApolloAtHttp, apolloAtHttp } from './apollo-at-http.js';
import type { Exchange } from './exchange.js';
import { negotiate, refusalStatus } from './responses.js';

type ApolloGateway = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

/** Operations that are not registered: Apollo Server's checks around our executor. */
export async function startAdHocServer(engine: Engine): Promise<ApolloAtHttp> {
  const outcomes: Outcomes = new WeakMap();
  const server = new ApolloServer<RequestContext>({
    gateway: apolloGateway(engine, outcomes),
    introspection: engine.introspection,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    logger: apolloLogger(engine.log),
    stringifyResult: stringify,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      { requestDidStart: always(answering(engine, outcomes)) },
    ],
  });
  await server.start();
  return apolloAtHttp(server, (context) => context, headersForApollo);
}

/** What became of requests that Apollo Server is to complete, by their contexts. */
type Outcomes = WeakMap<object, ExecutionResult>;

function apolloGateway(engine: Engine, outcomes: Outcomes): ApolloGateway {
  let announce: Parameters<ApolloGateway['onSchemaLoadOrUpdate']>[0] = () => {};
  return {
    onSchemaLoadOrUpdate: (callback) => {
      announce = callback;
      return () => {};
    },
    load: async () => {
      engine.onGraph(({ apiSchema, sdl }) => announce({ apiSchema, coreSupergraphSdl: sdl }));
      return { executor: async ({ context }) => outcomes.get(context) ?? {} };
    },
    stop: async () => {},
  };
}

function always<Value>(value: Value): () => Promise<Value> {
  return async () => value;
}

function apolloLogger(log: GatewayLog) {
  return {
    debug() {},
    info: (message: unknown) => log.info({}, String(message)),
    warn: (message: unknown) => log.warn({}, String(message)),
    error: (message: unknown) => log.error({}, String(message)),
  };
}

/**
 * Runs what has been validated. An answer that is written already is the response as it stands; Apollo Server
 * completes all others, with its own treatment of errors.
 */
function answering(engine: Engine, outcomes: Outcomes): GraphQLRequestListener<RequestContext> {
  return {
    async responseForOperation(asked) {
      const outcome = await run(engine, asked);
      if (outcome instanceof WrittenAnswer) return { http: NO_HEAD, body: written(outcome) };
      outcomes.set(asked.contextValue, outcome);
      return null;
    },
    async willSendResponse({ contextValue, request, response: { http, body } }) {
      const accept = request.http?.headers.get('accept');
      const type = negotiate(accept);
      if (type) http.headers.set('content-type', `${type}; charset=utf-8`);
      if (body.kind !== 'single') return;
      const { data, errors = [] } = body.singleResult;
      const refused = http.status === 400;
      if (refused) http.status = refusalStatus(accept);
      for (const error of errors) {
        const message = engine.introspection ? error.message : withoutSuggestions(error.message);
        Object.assign(error, { message, extensions: completed(error, refused, contextValue) });
      }
      if (data === undefined) engine.watchers.refused(errors);
    },
  };
}

const NO_HEAD: HTTPGraphQLHead = { headers: new HeaderMap() };

/** What the operation answers, or why it cannot be run; never rejects. */
async function run(
  engine: Engine,
  { source, document, schema, request, contextValue }: GraphQLRequestContext<RequestContext>,
): Promise<ExecutionResult> {
  const { requestId, charge } = contextValue;
  const { operationName, variables = {} } = request;
  try {
    const validated = document && { document, schema };
    const operation = engine.operations.adHoc(source ?? '', operationName, variables, validated);
    if (charge) await charge.take(operation, variables);
    const result = await operation.run(variables, contextValue);
    return 'data' in result ? result : withStatus(400, result.errors);
  } catch (error) {
    if (error instanceof AggregateError) return withStatus(400, error.errors);
    if (error instanceof GraphQLError) return { errors: [error] };
    engine.log.error({ requestId, err: error }, 'An operation could not be planned');
    return withStatus(500, [internalError(requestId)]);
  }
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

/** Apollo Server leaves some refusals without a code, such as that of a hash which is not the text's. */
function completed(
  { extensions }: GraphQLFormattedError,
  refused: boolean,
  { requestId }: RequestContext,
) {
  const uncoded = refused && extensions?.code === 'INTERNAL_SERVER_ERROR';
  return { ...extensions, ...(uncoded && { code: 'BAD_REQUEST' }), requestId };
}

/** Stands for the data of an answer whose JSON is written already, on its way through Apollo Server. */
class WrittenData {
  readonly answer: WrittenAnswer;
  // To Apollo Server, data may have any names.
  readonly [name: string]: unknown;

  constructor(answer: WrittenAnswer) {
    this.answer = answer;
  }

  toJSON() {
    return this.answer.data;
  }
}

function written(answer: WrittenAnswer) {
  return { kind: 'single' as const, singleResult: { data: new WrittenData(answer) } };
}

function stringify(result: FormattedExecutionResult): string {
  const { data, errors, extensions } = result;
  const alone = data instanceof WrittenData && errors === undefined && extensions === undefined;
  return alone ? data.answer.text : JSON.stringify(result);
}

const OWN_SITES: ReadonlySet<unknown> = new Set(['same-origin', 'none']);

/**
 * The headers by which Apollo Server decides anything. It asks everybody for one by which foreign pages cannot go
 * unnoticed; that our POST is JSON serves the same end, and so does what browsers say of where a GET comes from.
 */
function headersForApollo({ isGet, headers }: Exchange): HeaderMap {
  const map = new HeaderMap();
  if (!isGet || !mayBeForeignPage(headers)) map.set('apollo-require-preflight', 'true');
  for (const name of isGet ? GET_HEADERS : POST_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') map.set(name, value);
  }
  return map;
}

const POST_HEADERS = ['accept'];
const GET_HEADERS = [
  'accept',
  'content-type',
  'x-apollo-operation-name',
  'apollo-require-preflight',
];

/** Browsers say where a request comes from; who says nothing of the kind is no browser. */
function mayBeForeignPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return !OWN_SITES.has(site);
  return headers.origin !== undefined || headers.referer !== undefined;
}
