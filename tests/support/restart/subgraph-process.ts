import { silentLog } from '@waybill/kernel/log.js';
import { serveSubgraph } from '@waybill/kernel/subgraph-server.js';
import { serving } from './forked.js';
import { ledger } from './ledger.js';

/** What a process of the ledger is told on its command line, as JSON. */
export interface SubgraphProcessOptions {
  secret: string;
  graceMs: number;
}

const options: SubgraphProcessOptions = JSON.parse(process.argv[2] ?? '{}');
const { schema, name } = ledger((id) => process.send?.({ recorded: id }));
const server = await serveSubgraph(
  {
    ...{ name, schema, commands: {} },
    contextFor: () => ({}),
    ready: async () => {},
    start: async () => {},
    close: async () => {},
  },
  { ...options, port: 0, log: silentLog },
);
serving(Number(new URL(server.url).port), server.close);
