import { createGateway, httpSource } from '@waybill/gateway/index.js';
import type { TestSubgraph } from '@waybill/gateway/testing/subgraph.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { QUERIES, type QueryName } from '../graph/queries.js';
import { SUBGRAPHS } from '../graph/subgraphs.js';
import { drive, type Load } from './drive.js';
import { readySource } from './ready-source.js';
import { serveParent, settings } from './worker-side.js';

/** What the process is told: to run operations by itself, or to show one answer. */
export type Task = { query: QueryName; load?: Load };

interface Settings {
  supergraph: string;
  /** Where the subgraphs are; without it, they are in this process. */
  urls?: Record<string, string>;
  /** Most reads that share a connection; 16 as with Waybill's own subgraphs, for these are on Node, too. */
  pipelining?: number;
}

const { supergraph, urls, pipelining = 16 } = settings<Settings>();

/** As with the others, nobody looks into the credentials: they stand for who asks, and are passed on. */
const known = (credentials: string): Identity => ({ kind: 'user', userId: credentials, roles: [] });
const headersFor = (identity: Identity): Record<string, string> =>
  identity.kind === 'user' ? { authorization: identity.userId } : {};

function distant(urls: Record<string, string>) {
  const sources = Object.entries(urls).map(([name, url]) => [
    name,
    httpSource({ url, headersFor, pipelining }),
  ]);
  return Object.fromEntries(sources);
}

const inHere = ([name, make]: [string, () => TestSubgraph]) => [name, readySource(make().schema)];

const gateway = await createGateway({
  supergraph,
  dataSources: urls ? distant(urls) : Object.fromEntries(Object.entries(SUBGRAPHS).map(inHere)),
  persistedOperations: QUERIES,
  authenticate: ({ authorization = '' }) => known(authorization),
});
const { url } = await gateway.listen(0, '127.0.0.1');

let asked = 0;
const run = (documentId: QueryName) => {
  asked += 1;
  return gateway.execute({ documentId, identity: known(`Bearer in-process-${asked}`) });
};

serveParent({ url }, async ({ query, load }: Task) => {
  if (!load) return JSON.stringify(await run(query));
  return drive(load, async () => {
    const { errors } = await run(query);
    if (errors) throw errors[0];
  });
});
