import { once } from 'node:events';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A graphql-ws client that does not try again. */
export function webSocketClient(url: string, connectionParams: Record<string, unknown> = {}) {
  return createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });
}

export type SubgraphEvent = { data?: unknown; errors?: readonly object[] };

/** The first answer of an operation. */
export async function ask(client: Client, payload: SubscribePayload): Promise<SubgraphEvent> {
  for await (const answer of client.iterate(payload)) return answer as SubgraphEvent;
  throw new Error('the operation ended without an answer');
}

/** Connects without a library, to see close codes; resolves with the code. */
export async function closeCodeAfter(url: string, messages: object[]): Promise<number> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
  await once(socket, 'open');
  for (const message of messages) socket.send(JSON.stringify(message));
  const [code] = await once(socket, 'close');
  return code as number;
}
