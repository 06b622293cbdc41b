import { fileURLToPath } from 'node:url';
import type { Closing } from '@waybill/deploy/closing.js';
import type { Cores } from '../gateway/cores.js';
import { startProgram, type Worker } from '../gateway/worker.js';
import { FEDERATED, OPERATION } from './ticker.js';

/** One way to serve the viewers. */
export interface Kind {
  title: string;
  /** Events come from another process, over WebSockets. */
  remote: boolean;
  /** The events of all callers come over one of them. */
  multiplex?: boolean;
  /** All viewers are the same caller and ask for the same. */
  shared: boolean;
  query: string;
}

export const KINDS = {
  plain: { title: 'plain graphql-ws server', remote: false, shared: false, query: OPERATION },
  inProcess: { title: 'ours, subgraph in process', remote: false, shared: false, query: OPERATION },
  federated: { title: '  with a field of another', remote: false, shared: false, query: FEDERATED },
  remote: { title: 'ours, subgraph over WebSocket', remote: true, shared: false, query: OPERATION },
  multiplexed: {
    title: '  over one for all callers',
    remote: true,
    multiplex: true,
    shared: false,
    query: OPERATION,
  },
  plainShared: { title: 'plain, one topic', remote: false, shared: true, query: OPERATION },
  sharedRemote: { title: 'ours, one caller', remote: true, shared: true, query: OPERATION },
  sharedFederated: {
    title: '  with a field of another',
    remote: true,
    shared: true,
    query: FEDERATED,
  },
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as KindName[];

interface Served {
  port: number;
}

/** The server under measurement, and the process in which events begin. */
export interface Contender {
  server: Worker<Served>;
  publisher: Worker<Served>;
  stop(): Promise<void>;
}

const pathOf = (script: string) =>
  fileURLToPath(new URL(`./processes/${script}.js`, import.meta.url));

export async function startContender(
  name: KindName,
  cores: Cores,
  parts: Closing,
): Promise<Contender> {
  const start = async (script: string, settings: object, core: number | undefined) => {
    const program = ['--expose-gc', pathOf(script)];
    const worker = await startProgram<Served>(program, settings, core);
    parts.add(worker.stop);
    return worker;
  };
  const { remote, multiplex = false }: Kind = KINDS[name];
  const events = remote ? await start('events', {}, cores.others) : undefined;
  const ticksUrl = events && `http://127.0.0.1:${events.ready.port}/graphql`;
  const script = name.startsWith('plain') ? 'plain' : 'ours';
  const server = await start(script, { ticksUrl, multiplex }, cores.gateway);
  const stop = async () => {
    await server.stop();
    await events?.stop();
  };
  return { server, publisher: events ?? server, stop };
}

export function startViewers(cores: Cores): Promise<Worker<object>> {
  return startProgram([pathOf('viewers')], {}, cores.others);
}
