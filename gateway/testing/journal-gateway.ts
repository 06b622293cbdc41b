import { ASSERTION_HEADER, signAssertion } from '@waybill/kernel/identity.js';
import type { Gateway, GatewayOptions } from '../create-gateway.js';
import { httpSource } from '../data-sources/http.js';
import { accounts } from './accounts.js';
import { graphOf, testGateway } from './graph.js';
import { Journal, journal } from './journal.js';
import { SECRET, type ServedSubgraph, serveSubgraph } from './serve-subgraph.js';

export interface JournalGateway {
  gateway: Gateway;
  journal: Journal;
  /** Sockets from the gateway to the journal; none where it is in process. */
  sockets(): number;
  close(): Promise<void>;
}

/** A gateway over a journal and the accounts of its authors. */
export async function journalInProcess(
  options: Partial<GatewayOptions> = {},
): Promise<JournalGateway> {
  const kept = new Journal();
  const { gateway } = await testGateway(options, graphOf([accounts(), journal(kept)]));
  return { gateway, journal: kept, sockets: () => 0, close: () => gateway.close() };
}

/** The same with the journal behind HTTP and WebSocket, from where it may go away and come back. */
export async function journalOverHttp(options: Partial<GatewayOptions> = {}) {
  const kept = new Journal();
  let served: ServedSubgraph | undefined = await serveSubgraph(journal(kept));
  const { url } = served;
  const source = httpSource({
    url,
    headersFor: (identity) => ({ [ASSERTION_HEADER]: signAssertion(identity, SECRET) }),
  });
  const graph = graphOf([accounts(), journal(kept)]);
  const { gateway } = await testGateway({ ...options, dataSources: { journal: source } }, graph);
  const stop = async () => {
    await served?.close();
    served = undefined;
  };
  return {
    gateway,
    journal: kept,
    sockets: () => served?.sockets() ?? 0,
    stop,
    start: async () => {
      served = await serveSubgraph(journal(kept), Number(new URL(url).port));
    },
    close: async () => {
      await gateway.close();
      await stop();
    },
  } satisfies JournalGateway & Record<string, unknown>;
}

/** Subscribes from within the process; throws what refuses it. */
export async function subscribed(
  gateway: Gateway,
  operation: Parameters<Gateway['subscribe']>[0],
): Promise<AsyncIterableIterator<{ data?: unknown; errors?: readonly unknown[] }>> {
  const stream = await gateway.subscribe(operation);
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
  return stream;
}
