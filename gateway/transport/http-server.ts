import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type GraphiqlSetting, graphiqlPage } from '../graphiql.js';
import type { GatewayLog } from '../log.js';
import type { HttpHandler } from '../observability/watcher.js';
import type { DataSources } from '../planning/compile-plan.js';
import { sendLive, sendReady } from './health.js';
import { type PassThrough, passOn } from './pass-through.js';
import { send } from './responses.js';

export const GRAPHQL_PATH = '/graphql';

export interface HttpRoutes {
  /** Answers requests for GraphQL. */
  readonly graphql: HttpHandler;
  /** Prometheus' text format; not served where it is missing. */
  readonly metrics: (() => Promise<string>) | undefined;
  readonly log: GatewayLog;
  readonly sources: () => DataSources;
  readonly graphiql: GraphiqlSetting | undefined;
  readonly passThrough: readonly PassThrough[];
  /** Whatever is none of the gateway's own paths; 404 by default. */
  readonly otherRequests: RequestListener | undefined;
  readonly draining: () => boolean;
}

/** The request listener of the gateway, for a server of one's own or for `createHttpServer`. */
export function requestListener(routes: HttpRoutes): RequestListener {
  return (request, response) => {
    route(routes, request, response).catch((error: unknown) => {
      // Without its query string: variables of a GET may be confidential.
      const path = pathOf(request.url);
      routes.log.error({ path, err: error }, 'A request failed');
      if (!response.headersSent) send(response, 500, 'text/plain', 'Internal server error');
      else response.destroy();
    });
  };
}

export function createHttpServer(routes: HttpRoutes): Server {
  return createServer({ keepAliveTimeout: 65_000 }, requestListener(routes));
}

async function route(routes: HttpRoutes, request: IncomingMessage, response: ServerResponse) {
  switch (pathOf(request.url)) {
    case GRAPHQL_PATH:
      if (wantsPage(routes, request)) return redirect(response, '/graphiql');
      return routes.graphql(request, response);
    case '/graphiql':
      if (!routes.graphiql) return send(response, 404, 'text/plain', 'Not found');
      return send(response, 200, 'text/html', await graphiqlPage(routes.graphiql, GRAPHQL_PATH));
    case '/livez':
    case '/health':
      return sendLive(response);
    case '/readyz':
    case '/ready':
      return sendReady(response, routes.sources(), routes.draining());
    case '/metrics':
      if (!routes.metrics) return answerOther(routes, request, response);
      return send(response, 200, 'text/plain; version=0.0.4', await routes.metrics());
    default: {
      const path = pathOf(request.url);
      const onwards = routes.passThrough.find(({ prefix }) => path.startsWith(prefix));
      if (onwards) return passOn(onwards, request, response);
      return answerOther(routes, request, response);
    }
  }
}

function answerOther(routes: HttpRoutes, request: IncomingMessage, response: ServerResponse): void {
  if (routes.otherRequests) routes.otherRequests(request, response);
  else send(response, 404, 'text/plain', 'Not found');
}

function pathOf(url = '/'): string {
  const mark = url.indexOf('?');
  return mark < 0 ? url : url.slice(0, mark);
}

/** Somebody opened the endpoint's address in a browser. */
function wantsPage({ graphiql }: HttpRoutes, { method, url, headers }: IncomingMessage): boolean {
  const bare = method === 'GET' && url === GRAPHQL_PATH;
  return bare && graphiql !== undefined && (headers.accept?.includes('text/html') ?? false);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}
