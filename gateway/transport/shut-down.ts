import type { Server } from 'node:http';
import type { WebSocketServer } from 'ws';

const GOING_AWAY = 1001;

/**
 * Takes no new connections, sends sockets away with 1001 and lets requests in flight be answered;
 * whoever is still connected at the deadline is cut off.
 */
export async function shutDown(
  server: Server,
  sockets: WebSocketServer,
  deadlineMs: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const socket of sockets.clients) socket.close(GOING_AWAY, 'Going away');
  const cutOff = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
  }, deadlineMs);
  await closed;
  clearTimeout(cutOff);
}
