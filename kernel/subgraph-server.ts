import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import { type DocumentNode, execute, type GraphQLError, parse, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { BatchHandler } from './batch.js';
import { forCallers } from './callers.js';
import type { CommandAnswer } from './commands.js';
import { draining } from './draining.js';
import { unauthenticated } from './errors.js';
import { HttpError, readJson, sendJson } from './http-server.js';
import {
  ADDRESS_HEADER,
  ANONYMOUS,
  ASSERTION_HEADER,
  type Identity,
  verifyAssertion,
} from './identity.js';
import type { Log } from './log.js';
import {
  MAX_FILE_BYTES,
  MAX_RAW_BYTES,
  type RawHandler,
  rawRequest,
  sendRaw,
} from './raw-request.js';
import type { Subgraph } from './subgraph.js';
import { inSpan, traceIn } from './tracing.js';

export interface SubgraphServerOptions {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  /** INTERNAL_SECRET: callers without an assertion signed with it get 401. */
  secret: string;
  log: Log;
  /** GET paths that answer JSON to anybody, such as a JWKS. */
  publicRoutes?: Record<string, () => Promise<unknown>>;
  /** Milliseconds for which it goes on when told to close, not ready any more; 0 by default. */
  graceMs?: number;
}

export interface SubgraphServer {
  url: string;
  /** Closes sockets with 1001 and answers what is in flight. */
  close(): Promise<void>;
}

/** Milliseconds that requests in flight have to finish when the server closes. */
const DRAIN_MS = 2_000;

// biome-ignore lint/suspicious/noExplicitAny: any subgraph can be served, whatever its commands are
type AnySubgraph = Subgraph<any>;

/**
 * Serves a subgraph to our own processes: `POST /graphql`, WebSocket `/graphql` (graphql-transport-ws),
 * `POST /commands/<name>`, and the open `/livez`, `/readyz`, `/webhooks/…` and `/files/…`.
 */
export async function serveSubgraph(
  subgraph: AnySubgraph,
  options: SubgraphServerOptions,
): Promise<SubgraphServer> {
  const { secret, log, graceMs = 0 } = options;
  const runOperation = operationRunner(subgraph, log);
  const open = openRoutes(subgraph, options, () => drained.begun);

  async function answer(request: IncomingMessage): Promise<unknown> {
    const path = request.url?.split('?')[0] ?? '/';
    const route = request.method === 'GET' ? open[path] : undefined;
    if (route) return route();
    const identity = identify(request, secret);
    if (!identity) throw new HttpError(401, 'UNAUTHENTICATED');
    if (request.method !== 'POST') throw new HttpError(405, 'METHOD_NOT_ALLOWED');
    const body = await readJson(request);
    const { headers } = request;
    if (path === '/graphql') {
      const run = () =>
        runOperation(
          operationOf(body),
          identity,
          headerOf(request, 'x-request-id'),
          headerOf(request, ADDRESS_HEADER),
        );
      return inSpan('POST /graphql', { ...GRAPHQL_SPAN, parent: traceIn(headers) }, run);
    }
    if (path.startsWith('/commands/')) {
      return runCommand(subgraph, path.slice(10), body, identity, headers);
    }
    throw new HttpError(404, 'NOT_FOUND');
  }

  async function answerRaw(
    request: IncomingMessage,
    response: ServerResponse,
    handler: RawHandler | undefined,
    maxBytes: number,
  ): Promise<void> {
    if (!handler) throw new HttpError(404, 'NOT_FOUND');
    await sendRaw(response, await handler(rawRequest(request, maxBytes)));
  }

  function answered(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/webhooks/')) {
      return answerRaw(request, response, subgraph.webhooks, MAX_RAW_BYTES);
    }
    if (request.url?.startsWith('/files/')) {
      return answerRaw(request, response, subgraph.files, MAX_FILE_BYTES);
    }
    return answer(request).then((body) => sendJson(response, 200, body));
  }

  const server = createServer((request, response) => {
    answered(request, response).catch((error) => sendFailure(request, response, error, log));
  });
  const drained = draining(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  // Only now: a WebSocket server would report a port in use a second time.
  const sockets = serveSubscriptions(subgraph, server, secret);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host ?? '127.0.0.1'}:${port}`,
    close: async () => {
      drained.begin();
      if (graceMs > 0) await delay(graceMs);
      await Promise.all([sockets.dispose(), drained.finish(DRAIN_MS)]);
    },
  };
}

const GRAPHQL_SPAN = {
  kind: SpanKind.SERVER,
  attributes: { 'http.request.method': 'POST', 'http.route': '/graphql' },
};

interface Operation {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

function operationOf(body: unknown): Operation {
  const { query } = (body ?? {}) as Partial<Operation>;
  if (typeof query !== 'string') throw new HttpError(400, 'NO_OPERATION');
  return body as Operation;
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text, { noLocation: true });
  } catch {
    throw new HttpError(400, 'GRAPHQL_PARSE_FAILED');
  }
}

/** Documents come from the gateway's plans, so there are few; each is parsed and validated once. */
const DOCUMENT_CACHE = 2000;

interface Known {
  document: DocumentNode;
  /** Why it cannot be run; none if it can. */
  errors: readonly GraphQLError[];
}

function operationRunner(subgraph: AnySubgraph, log: Log) {
  const documents = new Map<string, Known>();
  const documentOf = (text: string): Known => {
    let known = documents.get(text);
    if (!known) {
      if (documents.size >= DOCUMENT_CACHE) documents.clear();
      const document = parsed(text);
      known = { document, errors: validate(subgraph.schema, document) };
      documents.set(text, known);
    }
    return known;
  };
  return async (
    { query, variables, operationName }: Operation,
    identity: Identity,
    requestId?: string,
    address?: string,
  ) => {
    const { document, errors } = documentOf(query);
    logSurprises(errors, requestId, log);
    if (errors.length > 0) return { errors };
    const result = await execute({
      schema: subgraph.schema,
      document,
      variableValues: variables,
      operationName,
      contextValue: subgraph.contextFor(identity, requestId, address),
    });
    logSurprises(result.errors ?? [], requestId, log);
    return result;
  };
}

/** Where a surprise comes from is known here alone: no more than its message goes to the gateway. */
function logSurprises(
  errors: readonly GraphQLError[],
  requestId: string | undefined,
  log: Log,
): void {
  for (const { extensions, originalError, message, path } of errors) {
    if (extensions.code !== undefined) continue;
    log.error({ requestId, path, err: originalError ?? message }, 'a field failed');
  }
}

async function runCommand(
  subgraph: AnySubgraph,
  name: string,
  inputs: unknown,
  identity: Identity,
  headers: IncomingHttpHeaders,
): Promise<CommandAnswer[]> {
  if (identity.kind !== 'service') throw new HttpError(403, 'FORBIDDEN');
  const handlers = subgraph.commands as Record<string, BatchHandler<unknown, unknown>>;
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!handler) throw new HttpError(404, 'NO_SUCH_COMMAND');
  if (!Array.isArray(inputs)) throw new HttpError(400, 'NO_BATCH');
  const outputs = await forCallers(name, inputs, headers, () => handler(inputs));
  return outputs.map((output) =>
    output instanceof Error ? { error: output.message } : { ok: output },
  );
}

function openRoutes(
  subgraph: AnySubgraph,
  options: SubgraphServerOptions,
  stopping: () => boolean,
) {
  const ready = async () => {
    if (stopping()) throw new HttpError(503, 'STOPPING');
    try {
      await subgraph.ready();
    } catch {
      throw new HttpError(503, 'DATABASE_UNAVAILABLE');
    }
    return { status: 'ready' };
  };
  const live = async () => ({ status: 'live' });
  return { '/livez': live, '/readyz': ready, ...options.publicRoutes } as Record<
    string,
    (() => Promise<unknown>) | undefined
  >;
}

function identify(request: IncomingMessage, secret: string): Identity | undefined {
  return verifyAssertion(headerOf(request, ASSERTION_HEADER), secret);
}

function serveSubscriptions(
  subgraph: AnySubgraph,
  server: ReturnType<typeof createServer>,
  secret: string,
) {
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  return useServer<Record<string, unknown>, { identity?: Identity }>(
    {
      schema: subgraph.schema,
      // The gateway planned and validated the operation already.
      validate: () => [],
      // A connection outlives its assertion: whoever was let in stays who they were.
      onConnect: ({ connectionParams, extra }) => {
        extra.identity = verifyAssertion(assertionOf(connectionParams), secret);
        return extra.identity !== undefined;
      },
      onSubscribe: (_connection, _id, { extensions }) =>
        forged(extensions, secret) ? [unauthenticated()] : undefined,
      context: ({ extra }, _id, { extensions }) =>
        subgraph.contextFor(callerIn(extensions, secret) ?? extra.identity ?? ANONYMOUS),
    },
    sockets,
  );
}

type Extensions = Record<string, unknown> | null | undefined;

/** Subscriptions of several callers may share a connection: then each of them comes with an assertion of its own. */
function assertionIn(extensions: Extensions): string | undefined {
  return assertionOf(
    (extensions as { headers?: Record<string, unknown> } | null | undefined)?.headers,
  );
}

function callerIn(extensions: Extensions, secret: string): Identity | undefined {
  return verifyAssertion(assertionIn(extensions), secret);
}

function forged(extensions: Extensions, secret: string): boolean {
  return assertionIn(extensions) !== undefined && callerIn(extensions, secret) === undefined;
}

function assertionOf(connectionParams: Record<string, unknown> | undefined): string | undefined {
  const assertion = connectionParams?.[ASSERTION_HEADER];
  return typeof assertion === 'string' ? assertion : undefined;
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function sendFailure(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  log: Log,
): void {
  if (error instanceof HttpError) {
    sendJson(response, error.status, {
      errors: [{ message: error.code, extensions: { code: error.code } }],
    });
    return;
  }
  const { url } = request;
  // The gateway's id, by which a client's complaint is found in the log.
  const requestId = headerOf(request, 'x-request-id');
  log.error({ requestId, url, err: error }, 'subgraph request failed');
  const code = 'INTERNAL_SERVER_ERROR';
  sendJson(response, 500, { errors: [{ message: code, extensions: { code } }] });
}
