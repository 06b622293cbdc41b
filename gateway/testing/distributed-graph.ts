import { ASSERTION_HEADER, signAssertion } from '@waybill/kernel/identity.js';
import type { GatewayOptions } from '../create-gateway.js';
import { httpSource } from '../data-sources/http.js';
import { type TestGraph, testGateway, testGraph } from './graph.js';
import { SECRET, serveSubgraph } from './serve-subgraph.js';

/** The graph with every subgraph behind HTTP and WebSocket; `urls` has some of them elsewhere. */
export async function distributedGateway(
  options: Partial<GatewayOptions> = {},
  graph: TestGraph = testGraph(),
  urls: Readonly<Record<string, string>> = {},
) {
  const served = await Promise.all(
    graph.subgraphs.map(async (each) => [each.name, await serveSubgraph(each)] as const),
  );
  const dataSources = Object.fromEntries(
    served.map(([name, { url }]) => [
      name,
      httpSource({
        url: urls[name] ?? url,
        headersFor: (identity) => ({ [ASSERTION_HEADER]: signAssertion(identity, SECRET) }),
        timeoutMs: 2_000,
        pipelining: 16,
      }),
    ]),
  );
  const { gateway, fetches } = await testGateway({ ...options, dataSources }, graph);
  const servers = new Map(served);
  return {
    ...{ gateway, fetches, graph, servers },
    close: async () => {
      await gateway.close();
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  };
}
