import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Identity, verifyAssertion } from '@waybill/kernel/identity.js';
import { execute, parse, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { TestSubgraph } from './subgraph.js';

export const SECRET = 'the secret of the tests';

export interface ServedSubgraph {
  readonly url: string;
  /** Sockets open just now. */
  readonly sockets: () => number;
  close(): Promise<void>;
}

/** Serves a subgraph as a process of its own would: over HTTP and WebSocket, for known callers only. */
export async function serveSubgraph(subgraph: TestSubgraph, onPort = 0): Promise<ServedSubgraph> {
  const server = createServer((request, response) => {
    const identity = identityOf(request.headers);
    if (!identity) return void response.writeHead(401).end('{"errors":[{"message":"Who asks?"}]}');
    void answer(subgraph, request, identity).then(
      (result) => response.end(result),
      () => response.destroy(),
    );
  });
  const sockets = serveSockets(subgraph, server);
  await once(server.listen(onPort), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/graphql`,
    sockets: () => sockets.clients.size,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  { schema, spoil }: TestSubgraph,
  request: IncomingMessage,
  identity: Identity,
) {
  const { query, variables } = JSON.parse(await text(request));
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length > 0) return JSON.stringify({ errors });
  const result = await execute({
    schema,
    document,
    variableValues: variables,
    contextValue: { identity, requestId: request.headers['x-request-id'] },
  });
  return JSON.stringify(spoil ? spoil(result, query) : result);
}

function serveSockets({ schema }: TestSubgraph, server: Server): WebSocketServer {
  const sockets = new WebSocketServer({ server });
  useServer(
    {
      schema,
      onConnect: ({ connectionParams = {}, extra }) =>
        identityOf(connectionParams) !== undefined &&
        identityOf(extra.request.headers) !== undefined,
      context: ({ connectionParams = {} }, _id, { extensions }) => ({
        identity: identityOf((extensions?.headers ?? connectionParams) as Record<string, unknown>),
      }),
    },
    sockets,
  );
  return sockets;
}

function identityOf(headers: Record<string, unknown>): Identity | undefined {
  return verifyAssertion(headers['x-waybill-assertion'] as string | undefined, SECRET);
}
