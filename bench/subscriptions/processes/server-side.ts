import { setTimeout as sleep } from 'node:timers/promises';
import { serveParent } from '../../gateway/processes/worker-side.js';
import type { Publication, Ticker } from '../ticker.js';

/** What a server is told: to publish, or to say how much memory it holds when nothing is left to collect. */
export interface ServerTask {
  publish?: Publication;
  measure?: true;
}

/** Bytes. */
export interface Memory {
  resident: number;
  /** What JavaScript holds, buffers included. */
  heap: number;
}

export function serveTicker(ready: object, ticker: Ticker | undefined): void {
  serveParent(ready, async ({ publish, measure }: ServerTask) => {
    if (publish) ticker?.publish(publish);
    return measure ? memory() : undefined;
  });
}

/** Garbage collected in several passes: what one frees lets the next free more. */
async function memory(): Promise<Memory> {
  for (let i = 0; i < 4; i += 1) {
    globalThis.gc?.();
    await sleep(100);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss, heap: heapUsed + external };
}
