import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between processes and a server, so that their connections can be cut. */
export interface TcpProxy {
  port: number;
  /** Breaks every connection without a goodbye; answers how many there were. New ones come through. */
  cut(): number;
  close(): Promise<void>;
}

/** Each direction ends by itself, and nothing is held back. */
const SETTINGS = { allowHalfOpen: true, noDelay: true };

/** Hands on whatever connects to it to a port of this machine. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  const server = createServer(SETTINGS, (client) => {
    const target = connect({ ...SETTINGS, port: targetPort, host: '127.0.0.1' });
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(from);
      from.pipe(to);
      // One end that breaks takes the other with it.
      from.on('error', () => {});
      from.once('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function cut(): number {
    const connections = open.size / 2;
    for (const socket of open) socket.resetAndDestroy();
    return Math.ceil(connections);
  }

  return {
    port: (server.address() as AddressInfo).port,
    cut,
    close: async () => {
      server.close();
      cut();
      if (server.listening) await once(server, 'close');
    },
  };
}
