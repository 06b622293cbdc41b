import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Below the ports that systems give to whoever asks for any: nobody gets these by chance before they are used. */
const [FROM, TO] = [10_000, 30_000];

/** Ports of this machine that nobody listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
  // Held open together, so that none is handed out twice.
  const probes: Server[] = [];
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(FROM, TO);
    const probe = await listening(port);
    if (!probe) continue;
    probes.push(probe);
    ports.push(port);
  }
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}

/** Undefined where somebody listens there already. */
async function listening(port: number): Promise<Server | undefined> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
    return probe;
  } catch {
    return undefined;
  }
}
