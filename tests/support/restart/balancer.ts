import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Milliseconds between two looks at whether a process is ready. */
const LOOK_MS = 25;

export interface Balancer {
  readonly port: number;
  /** Resolves when the process behind that port has been found ready. */
  add(port: number): Promise<void>;
  remove(port: number): void;
  close(): Promise<void>;
}

/** Hands each new connection to the next of the processes that say at /readyz that they are ready. */
export async function balancer(): Promise<Balancer> {
  const ready = new Map<number, boolean>();
  const open = new Set<Socket>();
  let turn = 0;

  function next(): number | undefined {
    const ports = [...ready.keys()].filter((port) => ready.get(port));
    turn += 1;
    return ports[turn % ports.length];
  }

  const server = createServer((near) => {
    const port = next();
    if (port === undefined) return near.destroy();
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => open.delete(socket));
      socket.pipe(other);
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');

  async function look(port: number): Promise<void> {
    const found = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready.has(port)) ready.set(port, found);
  }
  const timer = setInterval(() => [...ready.keys()].forEach((port) => void look(port)), LOOK_MS);

  return {
    port: (server.address() as AddressInfo).port,
    async add(port) {
      ready.set(port, false);
      while (ready.get(port) === false) await look(port);
    },
    remove: (port) => void ready.delete(port),
    async close() {
      clearInterval(timer);
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
