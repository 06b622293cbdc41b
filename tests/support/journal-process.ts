import { Journal, journal } from '@waybill/gateway/testing/journal.js';
import { serveSubgraph } from '@waybill/gateway/testing/serve-subgraph.js';

/** What the process is told on its command line, as JSON: where to listen, and what was written before it began. */
export interface JournalProcessOptions {
  port: number;
  entries: readonly string[];
}

const { port, entries } = JSON.parse(process.argv[2] ?? '{}') as JournalProcessOptions;
const kept = new Journal();
for (const text of entries) kept.append(text);
process.on('message', (text: string) => kept.append(text));
process.once('disconnect', () => process.exit(0));
const { url } = await serveSubgraph(journal(kept), port);
process.send?.(url);
