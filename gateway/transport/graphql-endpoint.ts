import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identity } from '@waybill/kernel/identity.js';
import type { ExecutionResult } from 'graphql';
import { type Authenticate, sessionOf } from '../authentication.js';
import { RequestCaching } from '../caching/request-caching.js';
import type { Engine } from '../engine.js';
import { gatewayError } from '../errors.js';
import type { PickHeaders } from '../forwarded-headers.js';
import type { GraphqlParams } from '../graphql-params.js';
import type { Operation } from '../operation.js';
import { nothingToRun } from '../operations.js';
import { announceOn } from '../rate-limits/announce.js';
import type { ClientAddress } from '../rate-limits/client-address.js';
import type { RateLimiter } from '../rate-limits/rate-limiter.js';
import type { RequestContext } from '../request.js';
import type { SafelistFor } from '../safelist.js';
import { textOf } from '../written-answer.js';
import { type ApolloAtHttp, answerByApollo } from './apollo-at-http.js';
import { sendCacheable } from './cacheable-response.js';
import { Exchange } from './exchange.js';
import { readRequest } from './read-request.js';
import { refuse } from './refusals.js';
import { JSON_TYPE, NOT_KEPT, refusalStatus } from './responses.js';

export interface GraphqlEndpoint {
  readonly engine: Engine;
  readonly authenticate: Authenticate;
  readonly adHoc: ApolloAtHttp;
  readonly allowAdHoc: boolean;
  readonly safelistFor?: SafelistFor | undefined;
  readonly maxBodyBytes: number;
  readonly rateLimiter?: RateLimiter | undefined;
  readonly pickHeaders?: PickHeaders | undefined;
  readonly addressOf?: ClientAddress | undefined;
}

/**
 * Answers GraphQL over HTTP: registered operations right here, others by way of Apollo Server. Here counts what a
 * request costs: what comes from everybody waits once for its body, once for its answer, and for nothing else.
 */
export async function handleGraphql(
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const exchange = new Exchange(request, response);
  try {
    const read = await readRequest(request, endpoint.maxBodyBytes);
    const given = endpoint.authenticate(exchange.headers);
    const { identity } = sessionOf(given instanceof Promise ? await given : given);
    openAccount(endpoint, exchange, identity);
    const listing = endpoint.safelistFor?.(identity);
    const safelist = listing instanceof Promise ? await listing : listing;
    const operation = safelist
      ? endpoint.engine.operations.listed(safelist, read.params)
      : registered(endpoint, read.params);
    const context = contextOf(endpoint, exchange, identity, operation);
    requireAcceptable(exchange, operation);
    if (operation) {
      if (exchange.charge) await exchange.charge.take(operation, read.params.variables);
      const result = await operation.run(read.params.variables, context);
      sendResult(endpoint.engine, exchange, result, context);
    } else {
      admit(endpoint, read.params);
      await answerByApollo(endpoint.adHoc, exchange, read, context);
    }
  } catch (error) {
    await refuse(endpoint.engine, exchange, error);
  }
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

/** Refuses what has no text, and text that asks for too much. */
function admit({ allowAdHoc, engine }: GraphqlEndpoint, params: GraphqlParams): void {
  const { query, operationName, variables, automatic } = params;
  if (query !== undefined) engine.operations.admit(query, operationName, variables);
  else if (!allowAdHoc || !automatic) throw nothingToRun(params);
}

/** From here on the caller is charged, even for what is refused. */
function openAccount({ rateLimiter }: GraphqlEndpoint, exchange: Exchange, identity: Identity) {
  const { request, response } = exchange;
  exchange.charge = rateLimiter?.accountOf(request, identity, announceOn(response));
}

/** What subgraphs, caches and rate limits need to know of the request. */
function contextOf(
  { engine, pickHeaders, addressOf }: GraphqlEndpoint,
  { isGet, request, headers, requestId, charge }: Exchange,
  identity: Identity,
  operation: Operation | undefined,
): RequestContext {
  // Nobody on the way keeps what answers a POST.
  const somebodyKeeps = isGet || engine.answers !== undefined;
  const mayBeKept = somebodyKeeps && (operation === undefined || operation.cacheable);
  return {
    identity,
    requestId,
    // Answers of queries are shared and kept: they must not depend on where somebody is.
    address: operation?.kind === 'query' ? undefined : addressOf?.(request),
    forwarded: pickHeaders?.(headers),
    text: true,
    caching: mayBeKept
      ? new RequestCaching(headers['cache-control'], pickHeaders?.names)
      : undefined,
    charge,
  };
}

function requireAcceptable({ type, isGet }: Exchange, operation: Operation | undefined): void {
  if (type === undefined) {
    throw gatewayError('BAD_REQUEST', 'GraphQL is answered as JSON', { http: { status: 406 } });
  }
  if (isGet && operation && operation.kind !== 'query') throw gatewayError('METHOD_NOT_ALLOWED');
}

function sendResult(
  { watchers }: Engine,
  exchange: Exchange,
  result: ExecutionResult,
  { caching }: RequestContext,
): void {
  const { type = JSON_TYPE, headers } = exchange;
  const ran = 'data' in result;
  if (!ran) watchers.refused(result.errors);
  if (caching?.answer) sendCacheable(exchange, type, caching.answer, caching.forwarded);
  else exchange.answer(ran ? 200 : refusalStatus(headers.accept), type, textOf(result), NOT_KEPT);
}
