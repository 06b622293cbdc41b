import { chunks, percentile } from '@waybill/scripts/command-line/figures.js';
import { serveParent } from '../../gateway/processes/worker-side.js';
import { now } from '../ticker.js';
import { LeanClient } from './lean-client.js';

/** What the viewers are told: to connect, to await deliveries, or to leave. */
export type ViewersTask =
  | { connect: { port: number; count: number; query: string; shared: boolean } }
  | { expect: number }
  | { collect: true }
  | { leave: true };

/** Milliseconds from the publication until the client has read the event. */
export interface Deliveries {
  count: number;
  p50: number;
  p99: number;
  max: number;
}

/** Connections that are opened at a time. */
const AT_A_TIME = 50;
const PATIENCE_MS = 60_000;

let clients: LeanClient[] = [];
let delays: number[] = [];
let awaited = { count: 0, done: () => {} };

/** Thousands of clients in a process of their own. */
serveParent({}, async (task: ViewersTask) => {
  if ('connect' in task) await connectAll(task.connect);
  else if ('expect' in task) return deliveries(task.expect);
  else if ('collect' in task) return taken();
  else leave();
  return undefined;
});

async function connectAll({
  port,
  count,
  query,
  shared,
}: Extract<ViewersTask, { connect: object }>['connect']) {
  const numbers = Array.from({ length: count }, (_, i) => i);
  for (const some of chunks(numbers, AT_A_TIME)) {
    const opened = some.map((i) => connectOne(port, query, shared ? 0 : i));
    clients.push(...(await Promise.all(opened)));
  }
}

async function connectOne(port: number, query: string, viewer: number): Promise<LeanClient> {
  const acknowledged = Promise.withResolvers<void>();
  const client = await LeanClient.open(port, `Bearer viewer-${viewer}`, (text) => {
    const at = /"at":([\d.]+)/.exec(text)?.[1];
    if (at !== undefined) deliver(now() - Number(at));
    else if (text.includes('connection_ack')) acknowledged.resolve();
    else throw new Error(`A viewer was told ${text}`);
  });
  client.send('{"type":"connection_init"}');
  await acknowledged.promise;
  const payload = { query, variables: { viewer } };
  client.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
  return client;
}

function deliver(delay: number): void {
  delays.push(delay);
  if (delays.length >= awaited.count) awaited.done();
}

/** Resolves when as many events have come. */
async function deliveries(count: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const late = () => reject(new Error(`${delays.length} of ${count} events came`));
  const timer = setTimeout(late, PATIENCE_MS);
  awaited = { count, done: resolve };
  if (delays.length >= count) resolve();
  await promise;
  clearTimeout(timer);
  return delays.length;
}

function taken(): Deliveries {
  const all = delays.toSorted((a, b) => a - b);
  delays = [];
  return {
    count: all.length,
    p50: percentile(all, 0.5) ?? 0,
    p99: percentile(all, 0.99) ?? 0,
    max: all.at(-1) ?? 0,
  };
}

function leave(): void {
  for (const client of clients) client.close();
  clients = [];
  delays = [];
}
