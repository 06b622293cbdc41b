import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from './fault.js';

/** Milliseconds between two looks, and until it is given up. */
const PAUSE_MS = 100;
const PATIENCE_MS = 60_000;

/** Waits until every address answers /readyz; processes that start together may come up in any order. */
export async function awaitReady(addresses: Record<string, string>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const waits = Object.entries(addresses).map(async ([setting, url]) => {
    while (!(await isReady(url))) {
      if (Date.now() > deadline) {
        throw new Fault(`${setting}: nothing is ready at ${url}: start it or mend the address`);
      }
      await delay(PAUSE_MS);
    }
  });
  await Promise.all(waits);
}

async function isReady(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return ok;
  } catch {
    return false;
  }
}
