import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type HeaderMap,
} from '@apollo/server';
import {
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
import { refusalStatus } from './responses.js';

type ApolloGateway = ApolloServerOptionsWithGateway<RequestContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<ApolloGateway['load']>>['executor']>;

/** Operations that are not registered: Apollo Server's checks and plugins around our executor. */
export async function startAdHocServer(engine: Engine): Promise<ApolloAtHttp> {
  const server = new ApolloServer<RequestContext>({
    gateway: apolloGateway(engine),
    introspection: engine.introspection,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    logger: apolloLogger(engine.log),
    stringifyResult: stringify,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      refusals(engine),
    ],
  });
  await server.start();
  return apolloAtHttp(server, (context) => context, markHarmless);
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
  return async ({ source, document, schema, request, context }) => {
    const { requestId, charge } = context as RequestContext;
    try {
      const validated = { document, schema };
      // The name as it was asked for: that of the context is missing where the document has none such.
      const { operationName: name, variables = {} } = request;
      const operation = engine.operations.adHoc(source, name, variables, validated);
      if (charge) await charge.take(operation, variables);
      const result = await operation.run(variables, context as RequestContext);
      if (result instanceof WrittenAnswer) return { data: new WrittenData(result) };
      return 'data' in result ? result : withStatus(400, result.errors);
    } catch (error) {
      if (error instanceof AggregateError) return withStatus(400, error.errors);
      if (error instanceof GraphQLError) return { errors: [error] };
      engine.log.error({ requestId, err: error }, 'An operation could not be planned');
      return withStatus(500, [internalError(requestId)]);
    }
  };
}

/** Stands for the data of an answer whose JSON is written already, on its way through Apollo Server. */
class WrittenData {
  readonly answer: WrittenAnswer;
  // What executors answer may have any names.
  readonly [name: string]: unknown;

  constructor(answer: WrittenAnswer) {
    this.answer = answer;
  }

  toJSON() {
    return this.answer.data;
  }
}

function stringify({ data, ...rest }: FormattedExecutionResult): string {
  const alone = rest.errors === undefined && rest.extensions === undefined;
  return data instanceof WrittenData && alone
    ? data.answer.text
    : JSON.stringify({ ...rest, data });
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

/** Puts codes and request ids into errors, suggests nothing without introspection, says 400 to who can read it. */
const refusals = ({ watchers, introspection }: Engine): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: async () => ({
    async willSendResponse({ contextValue, request, response: { http, body } }) {
      const refused = http.status === 400;
      if (refused) http.status = refusalStatus(request.http?.headers.get('accept'));
      const { data, errors } = body.kind === 'single' ? body.singleResult : body.initialResult;
      for (const error of errors ?? []) {
        const extensions = completed(error.extensions, refused, contextValue);
        const message = introspection ? error.message : withoutSuggestions(error.message);
        Object.assign(error, { message, extensions });
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
