import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { SubgraphAnswer, SubgraphRequest } from './data-source.js';
import { EventQueue } from './event-queue.js';
import type { HttpSourceOptions } from './http.js';

const MAX_WAITING_EVENTS = 1_000;

/** Opens one socket for one subscription: the identity of a connection is that of its subscriber. */
export function subscribeOverWebSocket(
  options: HttpSourceOptions,
  { operation, variables, context }: SubgraphRequest,
): AsyncIterable<SubgraphAnswer> {
  const headers = {
    ...options.headersFor(context.identity),
    'x-request-id': context.requestId,
  };
  const client = createClient({
    url: options.wsUrl ?? options.url.replace(/^http/, 'ws'),
    webSocketImpl: socketWith(headers),
    connectionParams: headers,
    retryAttempts: 0,
  });
  const queue = new EventQueue<SubgraphAnswer>(
    options.maxWaitingEvents ?? MAX_WAITING_EVENTS,
    // It rejects when the socket it waits for cannot be opened, which nobody wants any more.
    () => void Promise.resolve(client.dispose()).catch(() => {}),
  );
  client.subscribe<Record<string, unknown>>(
    { query: operation.text, variables, operationName: operation.name },
    {
      next: (answer) => queue.push(answer as SubgraphAnswer),
      error: (error) => {
        if (!Array.isArray(error)) return queue.fail(closeReason(error));
        queue.push({ data: null, errors: error });
        queue.end();
      },
      complete: () => queue.end(),
    },
  );
  return queue;
}

/** graphql-ws makes its sockets by itself; this is how they come by headers. */
function socketWith(headers: Record<string, string>) {
  return class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers });
    }
  };
}

/** A close event has a code and a reason where an error has a message. */
function closeReason(event: unknown): Error {
  if (event instanceof Error) return event;
  const { code, reason } = event as { code?: number; reason?: string };
  return new Error(`The subgraph closed the stream: ${code ?? ''} ${reason ?? ''}`);
}
