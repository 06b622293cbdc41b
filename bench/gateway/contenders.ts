import type { Closing } from '@waybill/deploy/closing.js';
import { composeSubgraphs } from '@waybill/gateway/index.js';
import type { Cores } from './cores.js';
import { QUERIES, QUERY_NAMES, type QueryName } from './graph/queries.js';
import { SUBGRAPHS } from './graph/subgraphs.js';
import type { Driven, Load } from './processes/drive.js';
import type { HttpLoad } from './processes/load.js';
import { type Script, startWorker, type Worker } from './worker.js';

export const CONTENDERS = ['stock', 'proxy', 'adHoc', 'persisted', 'inProcess'] as const;

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

/** Starts the subgraphs, the load and all gateways; `parts` ends them. Stock is the first. */
export async function startContenders(cores: Cores, parts: Closing): Promise<Contender[]> {
  const start = async <Ready>(script: Script, settings: object, core: number | undefined) => {
    const worker = await startWorker<Ready>(script, settings, core);
    parts.add(worker.stop);
    return worker;
  };
  const graph = Object.values(SUBGRAPHS).map((make) => make());
  const urls: Record<string, string> = {};
  for (const { name } of graph) {
    urls[name] = (await start<Served>('subgraph', { name }, cores.others)).ready.url;
  }
  const settings = { supergraph: composeSubgraphs(graph), urls };
  const load = await start<object>('load', {}, cores.others);
  const gateway = (script: Script, own: object = settings) =>
    start<Served>(script, own, cores.gateway);
  const stock = overHttp('stock', await gateway('stock'), load, asText);
  const origin = await start<Served>('origin', { answers: await answersOf(stock) }, cores.others);
  return [
    stock,
    overHttp('proxy', await gateway('proxy', origin.ready), load, asText),
    overHttp('adHoc', await gateway('ours'), load, asText),
    overHttp('persisted', await gateway('ours'), load, byId),
    inProcess(await gateway('ours')),
  ];
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
