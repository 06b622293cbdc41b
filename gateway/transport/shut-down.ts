import type { Draining } from '@waybill/kernel/draining.js';
import type { WebSocketServer } from 'ws';

const GOING_AWAY = 1001;

/**
 * Takes no new connections, sends sockets away with 1001 and lets requests in flight be answered;
 * whoever is still connected at the deadline is cut off.
 */
export async function shutDown(
  drained: Draining,
  sockets: WebSocketServer,
  deadlineMs: number,
): Promise<void> {
  for (const socket of sockets.clients) socket.close(GOING_AWAY, 'Going away');
  await drained.finish(deadlineMs);
}
