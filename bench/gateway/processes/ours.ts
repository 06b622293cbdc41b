import { createGateway, httpSource } from '@waybill/gateway/index.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { QUERIES, type QueryName } from '../graph/queries.js';
import { drive, type Load } from './drive.js';
import { serveParent, settings } from './worker-side.js';

/** What the process is told: to run operations by itself, or to show one answer. */
export type Task = { query: QueryName; load?: Load };

const { supergraph, urls } = settings<{ supergraph: string; urls: Record<string, string> }>();

/** As with the others, nobody looks into the credentials: they stand for who asks, and are passed on. */
const known = (credentials: string): Identity => ({ kind: 'user', userId: credentials, roles: [] });
const headersFor = (identity: Identity): Record<string, string> =>
  identity.kind === 'user' ? { authorization: identity.userId } : {};

const gateway = await createGateway({
  supergraph,
  dataSources: Object.fromEntries(
    Object.entries(urls).map(([name, url]) => [name, httpSource({ url, headersFor })]),
  ),
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
