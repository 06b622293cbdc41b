import type { Closing } from '@waybill/deploy/closing.js';
import { composeSubgraphs } from '@waybill/gateway/index.js';
import type { Cores } from './cores.js';
import { federation1Sdl } from './graph/federation-1.js';
import { QUERIES, QUERY_NAMES, type QueryName } from './graph/queries.js';
import { SUBGRAPHS, type SubgraphName } from './graph/subgraphs.js';
import { type Foreign, install } from './install.js';
import type { Driven, Load } from './processes/drive.js';
import type { HttpLoad } from './processes/load.js';
import { type Script, startWorker, type Worker } from './worker.js';

export const CONTENDERS = [
  ...(['stock', 'proxy', 'hive', 'hiveRust', 'mercurius'] as const),
  ...(['adHoc', 'persisted', 'unshared', 'inProcess'] as const),
] as const;

export type ContenderName = (typeof CONTENDERS)[number];

/** One way to answer the queries, in a process of its own. */
export interface Contender {
  name: ContenderName;
  pid: number;
  /** One answer, as JSON. */
  answer(query: QueryName): Promise<string>;
  drive(query: QueryName, load: Load): Promise<Driven>;
}

interface Served {
  url: string;
}

export interface ContenderOptions {
  cores: Cores;
  /** Those to start, beside stock. */
  only: readonly ContenderName[];
  tell(line: string): void;
}

/** Starts the subgraphs, the load, stock and the gateways asked for; `parts` ends them. Stock is the first. */
export async function startContenders(
  { cores, only, tell }: ContenderOptions,
  parts: Closing,
): Promise<Contender[]> {
  const start = async <Ready>(script: Script, settings: object, core: number | undefined) => {
    const worker = await startWorker<Ready>(script, settings, core);
    parts.add(worker.stop);
    return worker;
  };
  const graph = await startGraph((name) => start<Served>('subgraph', { name }, cores.others));
  const load = await start<object>('load', {}, cores.others);
  const gateway = (script: Script, own: object = graph) =>
    start<Served>(script, own, cores.gateway);
  const foreign = async (script: Foreign, own: object) => {
    await install(script, tell);
    return gateway(script, own);
  };
  const stock = overHttp('stock', await gateway('stock'), load, asText);
  const { supergraph, services } = graph;
  const makers: Record<ContenderName, () => Promise<Contender>> = {
    stock: async () => stock,
    proxy: async () => {
      const answers = await answersOf(stock);
      const origin = await start<Served>('origin', { answers }, cores.others);
      return overHttp('proxy', await gateway('proxy', origin.ready), load, asText);
    },
    hive: async () => overHttp('hive', await foreign('hive', { supergraph }), load, asText),
    hiveRust: async () => {
      const worker = await foreign('hive', { supergraph, planner: 'rust' });
      return overHttp('hiveRust', worker, load, asText);
    },
    mercurius: async () =>
      overHttp('mercurius', await foreign('mercurius', { services }), load, asText),
    adHoc: async () => overHttp('adHoc', await gateway('ours'), load, asText),
    persisted: async () => overHttp('persisted', await gateway('ours'), load, byId),
    unshared: async () => {
      const worker = await gateway('ours', { ...graph, pipelining: 1 });
      return overHttp('unshared', worker, load, byId);
    },
    inProcess: async () => inProcess(await gateway('ours', { supergraph })),
  };
  const contenders: Contender[] = [];
  for (const name of CONTENDERS) {
    if (name === 'stock' || only.includes(name)) contenders.push(await makers[name]());
  }
  return contenders;
}

/** The same subgraphs in the shapes in which gateways are told of them. */
interface Graph {
  supergraph: string;
  urls: Record<string, string>;
  /** Each subgraph in the language of Federation 1. */
  services: Array<{ name: string; url: string; schema: string }>;
}

async function startGraph(start: (name: SubgraphName) => Promise<Worker<Served>>): Promise<Graph> {
  const served = [];
  for (const [name, make] of Object.entries(SUBGRAPHS)) {
    const { url } = (await start(name as SubgraphName)).ready;
    served.push({ ...make(), url });
  }
  return {
    supergraph: composeSubgraphs(served),
    urls: Object.fromEntries(served.map(({ name, url }) => [name, url])),
    services: served.map((each) => ({
      ...{ name: each.name, url: each.url },
      schema: federation1Sdl(each),
    })),
  };
}

const asText = (query: QueryName) => JSON.stringify({ query: QUERIES[query] });
const byId = (query: QueryName) => JSON.stringify({ documentId: query });

function overHttp(
  name: ContenderName,
  { pid, ready: { url } }: Worker<Served>,
  load: Worker<object>,
  bodyOf: (query: QueryName) => string,
): Contender {
  const answer = async (query: QueryName) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers, body: bodyOf(query) })).text();
  };
  const drive = async (query: QueryName, how: Load) => {
    const bytes = Buffer.byteLength(await answer(query));
    return load.ask<Driven>({ ...how, url, body: bodyOf(query), bytes } satisfies HttpLoad);
  };
  return { name, pid, answer, drive };
}

function inProcess(worker: Worker<Served>): Contender {
  return {
    name: 'inProcess',
    pid: worker.pid,
    answer: (query) => worker.ask({ query }),
    drive: (query, load) => worker.ask({ query, load }),
  };
}

/** What the origin behind the proxy is to answer, by the request's body. */
async function answersOf(stock: Contender): Promise<Record<string, string>> {
  const answers = QUERY_NAMES.map(async (query) => [asText(query), await stock.answer(query)]);
  return Object.fromEntries(await Promise.all(answers));
}
