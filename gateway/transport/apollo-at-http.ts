import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ApolloServer,
  type BaseContext,
  HeaderMap,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import type { Engine } from '../engine.js';
import type { RequestContext } from '../request.js';
import { sendCacheable } from './cacheable-response.js';
import { Exchange } from './exchange.js';
import { type RawRequest, readAsItIs } from './read-request.js';
import { refuse } from './refusals.js';
import { NOT_KEPT, sendApollo } from './responses.js';

/** An Apollo Server, started, behind our HTTP layer. */
export interface ApolloAtHttp {
  handle(
    exchange: Exchange,
    request: RawRequest,
    context: RequestContext,
  ): Promise<HTTPGraphQLResponse>;
  stop(): Promise<void>;
}

/** `headersFor` chooses what headers the server sees; all of them by default. */
export function apolloAtHttp<Context extends BaseContext>(
  server: ApolloServer<Context>,
  contextFor: (context: RequestContext) => Context | Promise<Context>,
  headersFor: (exchange: Exchange) => HeaderMap = allHeaders,
): ApolloAtHttp {
  return {
    handle: (exchange, { search, body }, context) => {
      const { method = 'POST' } = exchange.request;
      return server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method, headers: headersFor(exchange), search, body },
        context: async () => contextFor(context),
      });
    },
    stop: () => server.stop(),
  };
}

/** Answers a request as it came: an Apollo Server of any make says by itself what is wrong with it. */
export async function handleByApollo(
  { apollo, engine, maxBodyBytes }: { apollo: ApolloAtHttp; engine: Engine; maxBodyBytes: number },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const exchange = new Exchange(request, response);
  try {
    const raw = await readAsItIs(request, maxBodyBytes);
    const context = { identity: ANONYMOUS, requestId: exchange.requestId };
    const answered = await apollo.handle(exchange, raw, context);
    await sendApollo(response, answered, ['x-request-id', exchange.requestId]);
  } catch (error) {
    await refuse(engine, exchange, error);
  }
}

/** Answers a request that has been read, with what Apollo Server makes of it. */
export async function answerByApollo(
  apollo: ApolloAtHttp,
  exchange: Exchange,
  raw: RawRequest,
  context: RequestContext,
): Promise<void> {
  const answered = await apollo.handle(exchange, raw, context);
  if (exchange.charge) await exchange.charge.settle();
  const { caching } = context;
  if (caching?.answer && (answered.status ?? 200) === 200) {
    const [type = ''] = answered.headers.get('content-type')?.split(';') ?? [];
    return sendCacheable(exchange, type, caching.answer, caching.forwarded);
  }
  const head = ['x-request-id', exchange.requestId];
  if (!answered.headers.has('cache-control')) head.push(...NOT_KEPT);
  await sendApollo(exchange.response, answered, head);
}

function allHeaders({ headers }: Exchange): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}
