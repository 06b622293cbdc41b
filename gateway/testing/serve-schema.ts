import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

/** The context that resolvers get: with which headers the gateway asked. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
}

export interface ServedSchema {
  readonly url: string;
  /** Sockets open just now. */
  sockets(): number;
  close(): Promise<void>;
}

/** Serves a schema as other people's servers do: over HTTP by graphql-http, over WebSocket by graphql-ws. */
export async function serveSchema(schema: GraphQLSchema): Promise<ServedSchema> {
  const handler = createHandler({
    schema,
    context: (request) => ({ headers: request.raw.headers }),
  });
  const server = createServer((request, response) => {
    handler(request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ server });
  useServer({ schema, context: ({ extra }) => ({ headers: extra.request.headers }) }, sockets);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    sockets: () => sockets.clients.size,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
