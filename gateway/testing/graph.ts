import { print } from 'graphql';
import { createGateway, type Gateway, type GatewayOptions } from '../create-gateway.js';
import type { DataSource, SubgraphAnswer } from '../data-sources/data-source.js';
import { inProcessSource } from '../data-sources/in-process.js';
import type { FetchEvent } from '../execution/run.js';
import { composeSubgraphs } from '../supergraph.js';
import { accounts } from './accounts.js';
import { inventory } from './inventory.js';
import { products } from './products.js';
import { ReviewFeed, reviews } from './reviews.js';
import type { TestSubgraph } from './subgraph.js';

/** The well-known federation example: accounts, products, inventory and reviews, all in memory. */
export interface TestGraph {
  readonly subgraphs: readonly TestSubgraph[];
  readonly supergraph: string;
  readonly sources: Record<string, DataSource>;
  readonly feed: ReviewFeed;
}

export function testGraph(): TestGraph {
  const feed = new ReviewFeed();
  return graphOf([accounts(), products(), inventory(), reviews(feed)], feed);
}

export function graphOf(subgraphs: readonly TestSubgraph[], feed = new ReviewFeed()): TestGraph {
  const sources = Object.fromEntries(subgraphs.map((each) => [each.name, inProcess(each)]));
  return { subgraphs, supergraph: composedOnce(subgraphs), sources, feed };
}

const composed = new Map<string, string>();

/** The same subgraphs compose to the same supergraph, and composing takes longer than most tests. */
function composedOnce(subgraphs: readonly TestSubgraph[]): string {
  const key = JSON.stringify(subgraphs.map(({ name, typeDefs }) => [name, print(typeDefs)]));
  const supergraph = composed.get(key) ?? composeSubgraphs(subgraphs);
  composed.set(key, supergraph);
  return supergraph;
}

export function inProcess({ schema, spoil }: TestSubgraph): DataSource {
  const contextFor = (identity: unknown, requestId: string) => ({ identity, requestId });
  const source = inProcessSource({ schema, contextFor });
  if (!spoil) return source;
  const execute: DataSource['execute'] = async (request) =>
    spoil(await source.execute(request), request.operation.text) as SubgraphAnswer;
  return { ...source, execute };
}

/** A source of a subgraph that is down. */
export const deadSource: DataSource = {
  execute: () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:4001')),
  subscribe: () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:4001')),
  ready: () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:4001')),
  close: async () => {},
};

/** A gateway over the graph, in process, that counts its fetches. */
export async function testGateway(
  options: Partial<GatewayOptions & { dataSources: object }> = {},
  graph: TestGraph = testGraph(),
): Promise<{ gateway: Gateway; graph: TestGraph; fetches: FetchEvent[] }> {
  const fetches: FetchEvent[] = [];
  const gateway = await createGateway({
    supergraph: graph.supergraph,
    ...options,
    dataSources: { ...graph.sources, ...options.dataSources },
    onFetch: (event) => fetches.push(event),
  });
  return { gateway, graph, fetches };
}
