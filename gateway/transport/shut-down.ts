import type { Draining } from '@waybill/kernel/draining.js';
import type { AttachedWebSockets } from './web-socket-server.js';

/**
 * Takes no new connections, lets what is in flight be answered and sends sockets away with 1001;
 * whoever is still connected at the deadline is cut off.
 */
export async function shutDown(
  drained: Draining,
  webSockets: AttachedWebSockets,
  deadlineMs: number,
): Promise<void> {
  webSockets.goAway();
  await drained.finish(deadlineMs);
}
