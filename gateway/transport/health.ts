import type { ServerResponse } from 'node:http';
import type { DataSource } from '../data-sources/data-source.js';
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
  const states = await Promise.all(Object.values(sources).map(isReady));
  const ready = states.every(Boolean);
  sendState(response, ready ? 200 : 503, {
    status: ready ? 'ready' : 'unavailable',
    subgraphs: Object.fromEntries(names.map((name, i) => [name, states[i] ? 'ready' : 'away'])),
  });
}

/** However many ask at a time, a subgraph is asked once. */
const asked = new WeakMap<DataSource, Promise<boolean>>();

function isReady(source: DataSource): Promise<boolean> {
  return asked.get(source) ?? ask(source);
}

function ask(source: DataSource): Promise<boolean> {
  const asking = saysReady(source).finally(() => asked.delete(source));
  asked.set(source, asking);
  return asking;
}

async function saysReady(source: DataSource): Promise<boolean> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('timed out')), READY_TIMEOUT_MS);
  try {
    await Promise.race([source.ready(), late]);
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
