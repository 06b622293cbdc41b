import type { Draining } from '@waybill/kernel/draining.js';
import type { WebSocketServer } from 'ws';
import { CLOSE } from './web-socket/close-codes.js';

/**
 * Takes no new connections, sends sockets away with 1001 and lets requests in flight be answered;
 * whoever is still connected at the deadline is cut off.
 */
export async function shutDown(
  drained: Draining,
  sockets: WebSocketServer,
  deadlineMs: number,
): Promise<void> {
  const { code, reason } = CLOSE.goingAway;
  for (const socket of sockets.clients) socket.close(code, reason);
  await drained.finish(deadlineMs);
}
