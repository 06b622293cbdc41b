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
  // WebSockets, too, which the server itself counts no longer. With each its latest answer: to take every answer in
  // and out of a set would cost each request, for an end that comes once.
  const connections = new Map<Socket, ServerResponse | undefined>();
  let begun = false;

  server.on('connection', (socket) => {
    connections.set(socket, undefined);
    socket.once('close', () => connections.delete(socket));
  });

  server.prependListener('request', ({ socket }, response: ServerResponse) => {
    const before = connections.get(socket);
    connections.set(socket, response);
    if (!begun) return;
    // Where requests came together, what is behind the answer that ends the connection would be lost.
    if (before && !before.headersSent) before.removeHeader('connection');
    closeWith(response);
  });

  function begin() {
    if (begun) return;
    begun = true;
    for (const response of connections.values()) {
      if (response && !response.writableFinished) closeWith(response);
    }
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
        for (const socket of connections.keys()) socket.destroy();
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
