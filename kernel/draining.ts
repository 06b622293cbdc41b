import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The end of an HTTP server, in two steps that lose no request. */
export interface Draining {
  readonly begun: boolean;
  /** From now on the connection of each answer closes with it, so that clients open their next one elsewhere. */
  begin(): void;
  /** Takes no new connections; resolves when the last is closed. Those still open at the deadline are cut off. */
  finish(deadlineMs: number): Promise<void>;
}

export function draining(server: Server): Draining {
  const connections = new Set<Socket>();
  const underWay = new Set<ServerResponse>();
  let begun = false;

  // WebSockets, too, which the server itself counts no longer.
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });

  server.prependListener('request', (_, response: ServerResponse) => {
    if (begun) return closeWith(response);
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });

  function begin() {
    begun = true;
    for (const response of underWay) closeWith(response);
  }

  return {
    get begun() {
      return begun;
    },
    begin,
    async finish(deadlineMs) {
      begin();
      const closed = new Promise((resolve) => server.close(resolve));
      const cutOff = setTimeout(() => {
        for (const socket of connections) socket.destroy();
      }, deadlineMs);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

function closeWith(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
  // The client has been told that the connection stays; it ends all the same.
  else response.once('close', () => response.req.socket.end());
}
