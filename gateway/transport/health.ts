import type { ServerResponse } from 'node:http';
import type { DataSources } from '../planning/compile-plan.js';
import { send } from './responses.js';

/** Milliseconds a subgraph has to say that it is ready. */
const READY_TIMEOUT_MS = 3_000;

export function sendLive(response: ServerResponse): void {
  sendState(response, 200, { status: 'live' });
}

/** 200 when every subgraph is ready; 503 when one is away, or while the gateway is shutting down. */
export async function sendReady(
  response: ServerResponse,
  sources: DataSources,
  draining: boolean,
): Promise<void> {
  if (draining) return sendState(response, 503, { status: 'shutting down' });
  const names = Object.keys(sources);
  const states = await Promise.all(names.map((name) => isReady(sources, name)));
  const ready = states.every(Boolean);
  sendState(response, ready ? 200 : 503, {
    status: ready ? 'ready' : 'unavailable',
    subgraphs: Object.fromEntries(names.map((name, i) => [name, states[i] ? 'ready' : 'away'])),
  });
}

async function isReady(sources: DataSources, name: string): Promise<boolean> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('timed out')), READY_TIMEOUT_MS);
  try {
    await Promise.race([sources[name]?.ready(), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function sendState(response: ServerResponse, status: number, state: object): void {
  send(response, status, 'application/json', JSON.stringify(state));
}
