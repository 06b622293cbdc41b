import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Forked {
  readonly port: number;
  /** Tells it to stop as a rolling update does; resolves with its exit code. */
  terminate(): Promise<number | null>;
}

const COMPILED = fileURLToPath(new URL('../../dist/support/restart/', import.meta.url));

/** Starts a process of this folder, as `tsc -b` compiled it. It is told `options`, and tells its port. */
export async function forked(
  name: 'gateway-process' | 'subgraph-process',
  options: object,
  onMessage: (message: unknown) => void = () => {},
): Promise<Forked> {
  const child = fork(`${COMPILED}${name}.js`, [JSON.stringify(options)], { execArgv: [] });
  const ended = once(child, 'exit');
  const died = ended.then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`)));
  died.catch(() => {});
  const [{ port }] = await Promise.race([once(child, 'message'), died]);
  child.on('message', onMessage);
  return {
    port,
    async terminate() {
      child.kill('SIGTERM');
      const [code] = await ended;
      return code;
    },
  };
}

/** For a process: how it ends, and that it is ready. */
export function serving(port: number, close: () => Promise<void>): void {
  process.once('SIGTERM', async () => {
    await close();
    process.exit(0);
  });
  // Whoever started it is gone.
  process.once('disconnect', () => process.exit(1));
  process.send?.({ port });
}
