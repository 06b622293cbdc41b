import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Authenticate } from '../authentication.js';
import { RequestCaching } from '../caching/request-caching.js';
import type { Engine } from '../engine.js';
import { gatewayError, internalError, isUnauthenticated } from '../errors.js';
import type { PickHeaders } from '../forwarded-headers.js';
import type { GraphqlParams } from '../graphql-params.js';
import type { Operation } from '../operation.js';
import { nothingToRun } from '../operations.js';
import { announceOn } from '../rate-limits/announce.js';
import { charged } from '../rate-limits/charge.js';
import type { RateLimiter } from '../rate-limits/rate-limiter.js';
import { type RequestContext, requestIdFrom } from '../request.js';
import type { AdHocServer } from './ad-hoc.js';
import { sendCacheable } from './cacheable-response.js';
import { type HttpRequest, type RawRequest, readAsItIs, readRequest } from './read-request.js';
import { negotiate, send, sendApollo, sendErrors, sendResult } from './responses.js';

export interface GraphqlEndpoint {
  readonly engine: Engine;
  readonly authenticate: Authenticate;
  readonly adHoc: AdHocServer;
  readonly allowAdHoc: boolean;
  readonly maxBodyBytes: number;
  readonly rateLimiter?: RateLimiter | undefined;
  readonly pickHeaders?: PickHeaders | undefined;
}

/** Answers GraphQL over HTTP: registered operations right here, others by way of Apollo Server. */
export async function handleGraphql(
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = requestIdFrom(request.headers['x-request-id']);
  response.setHeader('x-request-id', requestId);
  try {
    await answer(endpoint, request, response, requestId);
  } catch (error) {
    const type = negotiate(request.headers.accept);
    sendFailure(endpoint, response, error, requestId, type);
  }
}

async function answer(
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  const { adHoc, maxBodyBytes } = endpoint;
  if (adHoc.refusesItself) {
    const asItIs = await readAsItIs(request, maxBodyBytes);
    const context = await contextOf(endpoint, request, response, requestId);
    return charged(context, () => answerAdHoc(endpoint, request, response, asItIs, context));
  }
  const read = await readRequest(request, maxBodyBytes);
  const context = await contextOf(endpoint, request, response, requestId);
  return charged(context, () => answerRead(endpoint, request, response, read, context));
}

async function contextOf(
  { authenticate, rateLimiter, pickHeaders }: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<RequestContext> {
  const identity = await authenticate(request.headers);
  const forwarded = pickHeaders?.(request.headers);
  if (!rateLimiter) return { identity, requestId, forwarded };
  const charge = rateLimiter.accountOf(request, identity, announceOn(response));
  return { identity, requestId, forwarded, charge };
}

async function answerRead(
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  read: HttpRequest,
  context: RequestContext,
): Promise<void> {
  const { params } = read;
  const operation = registered(endpoint, params);
  if (operation) return answerRegistered(endpoint, request, response, operation, params, context);
  if (params.query === undefined && !(endpoint.allowAdHoc && params.automatic)) {
    throw nothingToRun(params);
  }
  return answerAdHoc(endpoint, request, response, read, context);
}

async function answerAdHoc(
  { adHoc }: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  { search, body }: RawRequest,
  context: RequestContext,
): Promise<void> {
  const { method = 'POST', headers } = request;
  const caching = new RequestCaching(headers['cache-control']);
  const answered = await adHoc.handle({ method, headers, search, body }, { ...context, caching });
  if (context.charge) await context.charge.settle();
  if (caching.answer && (answered.status ?? 200) === 200) {
    const [type = ''] = answered.headers.get('content-type')?.split(';') ?? [];
    return sendCacheable(request, response, type, caching.answer);
  }
  if (!adHoc.refusesItself && !answered.headers.has('cache-control')) {
    answered.headers.set('cache-control', 'no-store');
  }
  await sendApollo(response, answered);
}

/** The text of a registered operation is as good as its id; any other text needs `allowAdHoc`. */
function registered(
  { engine, allowAdHoc }: GraphqlEndpoint,
  { persistedId, query, operationName }: GraphqlParams,
): Operation | undefined {
  const known = persistedId && engine.operations.registered(persistedId, operationName);
  if (known || allowAdHoc || query === undefined) return known || undefined;
  return engine.operations.safelisted(query, operationName);
}

async function answerRegistered(
  { engine }: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  operation: Operation,
  params: GraphqlParams,
  context: RequestContext,
): Promise<void> {
  const { headers } = request;
  const { accept } = headers;
  const type = negotiate(accept);
  if (type === undefined) return send(response, 406, 'text/plain', 'GraphQL is answered as JSON');
  if (request.method === 'GET' && operation.kind !== 'query') {
    throw gatewayError('METHOD_NOT_ALLOWED');
  }
  if (context.charge) await context.charge.take(operation);
  const caching = operation.cacheable ? new RequestCaching(headers['cache-control']) : undefined;
  const result = await operation.run(params.variables, { ...context, caching, text: true });
  if (!('data' in result)) engine.watchers.refused(result.errors);
  if (caching?.answer) return sendCacheable(request, response, type, caching.answer);
  sendResult(response, result, type, accept);
}

function sendFailure(
  { engine }: GraphqlEndpoint,
  response: ServerResponse,
  error: unknown,
  requestId: string,
  type: string | undefined,
): void {
  const errors = publicErrors(error);
  if (errors.length === 0) engine.log.error({ requestId, err: error }, 'A request failed');
  const shown = errors.length > 0 ? errors : [internalError(requestId)];
  engine.watchers.refused(shown);
  const status = Math.max(...shown.map(statusOf));
  sendErrors(response, status, shown.map(withoutHttp), requestId, type, HEADERS[status]);
}

/** What of a failure was meant for the client; nothing for a surprise. */
function publicErrors(error: unknown): readonly GraphQLError[] {
  if (isUnauthenticated(error)) return [gatewayError('UNAUTHENTICATED')];
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.every((each) => each instanceof GraphQLError) ? errors : [];
}

const STATUS: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  METHOD_NOT_ALLOWED: 405,
  PAYLOAD_TOO_LARGE: 413,
  INTERNAL_SERVER_ERROR: 500,
  // As Apollo Server does: some clients take the body of nothing but a 200.
  PERSISTED_QUERY_NOT_FOUND: 200,
};

const HEADERS: Readonly<Record<number, Record<string, string>>> = {
  401: { 'www-authenticate': 'Bearer' },
  405: { allow: 'GET, POST' },
  413: { connection: 'close' },
};

function statusOf({ extensions }: GraphQLError): number {
  const { code, http } = extensions as { code?: string; http?: { status?: number } };
  return http?.status ?? STATUS[code ?? ''] ?? 400;
}

function withoutHttp({ message, locations, path, extensions }: GraphQLError) {
  const { http: _http, ...rest } = extensions;
  return { message, locations, path, extensions: rest };
}
