import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Identity } from '@waybill/kernel/identity.js';
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import type { Context, SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { type Authenticate, credentialsIn, webSocketCredentials } from '../authentication.js';
import type { Engine } from '../engine.js';
import { gatewayError, internalError, isUnauthenticated } from '../errors.js';
import { type PickHeaders, webSocketHeaders } from '../forwarded-headers.js';
import { type GraphqlParams, readParams } from '../graphql-params.js';
import type { AnswerStream } from '../operation.js';
import { charged } from '../rate-limits/charge.js';
import type { RateLimiter } from '../rate-limits/rate-limiter.js';
import { type RequestContext, requestIdFrom } from '../request.js';
import { GRAPHQL_PATH } from './http-server.js';

export interface WebSocketEndpoint {
  readonly engine: Engine;
  readonly authenticate: Authenticate;
  readonly allowAdHoc: boolean;
  readonly maxFrameBytes: number;
  readonly rateLimiter: RateLimiter | undefined;
  readonly pickHeaders: PickHeaders | undefined;
  readonly draining: () => boolean;
}

type Connection = Context<Record<string, unknown>, Extra & { identity?: Identity }>;

/** Serves graphql-transport-ws on the server's GraphQL path; queries and mutations are welcome too. */
export function attachWebSockets(endpoint: WebSocketEndpoint, server: Server): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: endpoint.maxFrameBytes });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = request.url?.split('?')[0];
    if (path !== GRAPHQL_PATH) return refuseUpgrade(socket, '404 Not Found');
    if (endpoint.draining()) return refuseUpgrade(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (opened) =>
      sockets.emit('connection', opened, request),
    );
  });
  useServer<Record<string, unknown>, { identity?: Identity }>(
    {
      onConnect: (connection) => connect(endpoint, connection),
      onSubscribe: (connection, _id, payload) =>
        endpoint.engine.watchers.message(connection.extra.request.headers, () =>
          prepare(endpoint, connection, payload),
        ),
      execute: runPrepared,
      subscribe: runPrepared,
      isProd: true,
    },
    sockets,
  );
  return sockets;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Finds out who connects; a refusal closes the socket with 4403. */
async function connect(endpoint: WebSocketEndpoint, connection: Connection): Promise<boolean> {
  const { request } = connection.extra;
  try {
    const credentials = webSocketCredentials(connection.connectionParams, request.headers);
    connection.extra.identity = await endpoint.authenticate(credentials);
    return true;
  } catch (error) {
    if (!isUnauthenticated(error)) endpoint.engine.log.error({ err: error }, 'A socket failed');
    return false;
  }
}

type Answer = AnswerStream | ExecutionResult;

/**
 * Resolves the operation and, for a subscription, opens its upstream, so that a refusal reaches the
 * client as an `error` message. graphql-ws then "executes" what has been prepared.
 */
async function prepare(
  endpoint: WebSocketEndpoint,
  connection: Connection,
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const requestId = requestIdFrom(undefined);
  try {
    const params = readParams(payload);
    const identity = await identityFor(endpoint, connection, payload);
    const forwarded = forwardedFor(endpoint, connection, payload);
    const charge = endpoint.rateLimiter?.accountOf(connection.extra.request, identity);
    const context = { identity, requestId, forwarded, charge };
    return await charged(context, () => open(endpoint, params, context));
  } catch (error) {
    return refused(endpoint, refusalErrors(endpoint, error, requestId));
  }
}

/** The operation as it runs already, or why it does not. */
async function open(
  endpoint: WebSocketEndpoint,
  params: GraphqlParams,
  context: RequestContext,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const { operations } = endpoint.engine;
  const operation = operations.resolve(params, endpoint.allowAdHoc);
  if (context.charge) await context.charge.take(operation);
  const run = operation.kind === 'subscription' ? operation.subscribe : operation.run;
  const answer: Answer = await run(params.variables, context);
  if (isRefusal(answer)) return refused(endpoint, answer.errors ?? []);
  const { document, name } = operation;
  const schema = operations.graph.apiSchema;
  return { schema, document, operationName: name, contextValue: answer };
}

function refused({ engine }: WebSocketEndpoint, errors: readonly GraphQLError[]) {
  engine.watchers.refused(errors);
  return errors;
}

function runPrepared(args: ExecutionArgs): Answer {
  return args.contextValue as Answer;
}

/** GraphiQL sends the headers of its editor along with each operation; they outdo the connection's. */
async function identityFor(
  { authenticate }: WebSocketEndpoint,
  { extra }: Connection,
  { extensions }: SubscribePayload,
): Promise<Identity> {
  const { headers } = (extensions ?? {}) as { headers?: Record<string, unknown> };
  const credentials = credentialsIn(headers);
  if (credentials.authorization === undefined && extra.identity) return extra.identity;
  return authenticate(credentials);
}

function forwardedFor(
  { pickHeaders }: WebSocketEndpoint,
  { connectionParams, extra }: Connection,
  { extensions }: SubscribePayload,
) {
  const { headers } = (extensions ?? {}) as { headers?: Record<string, unknown> };
  return pickHeaders?.(webSocketHeaders(extra.request.headers, connectionParams, headers));
}

function isRefusal(answer: Answer): answer is ExecutionResult {
  return !(Symbol.asyncIterator in answer) && !('data' in answer);
}

function refusalErrors(
  { engine }: WebSocketEndpoint,
  error: unknown,
  requestId: string,
): readonly GraphQLError[] {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  if (errors.every((each) => each instanceof GraphQLError)) {
    return errors.map((each) => withRequestId(each, requestId));
  }
  if (isUnauthenticated(error)) {
    return [gatewayError('UNAUTHENTICATED', undefined, { requestId })];
  }
  engine.log.error({ requestId, err: error }, 'An operation failed');
  return [internalError(requestId)];
}

function withRequestId(error: GraphQLError, requestId: string): GraphQLError {
  const { message, nodes, source, positions } = error;
  const { http: _http, ...extensions } = error.extensions;
  return new GraphQLError(message, {
    ...{ nodes, source, positions },
    extensions: { ...extensions, requestId },
  });
}
