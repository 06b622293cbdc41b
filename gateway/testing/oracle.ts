import { createHash } from 'node:crypto';
import { ApolloGateway, type GraphQLDataSource, LocalGraphQLDataSource } from '@apollo/gateway';
import { type ExecutionResult, parse } from 'graphql';
import type { SubgraphAnswer } from '../data-sources/data-source.js';
import type { TestGraph } from './graph.js';
import type { TestSubgraph } from './subgraph.js';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

export interface Question {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

/** Stock Apollo Gateway over the same subgraphs: what it answers is what we should answer. */
export async function stockGateway(graph: TestGraph) {
  const subgraphs = new Map(graph.subgraphs.map((each) => [each.name, each]));
  const gateway = new ApolloGateway({
    supergraphSdl: graph.supergraph,
    logger: SILENT,
    buildService: ({ name }) => {
      const subgraph = subgraphs.get(name);
      if (!subgraph) throw new Error(`no subgraph ${name}`);
      return dataSource(subgraph);
    },
  });
  const { executor } = await gateway.load();
  return {
    ask: async ({ query, variables = {}, operationName }: Question): Promise<ExecutionResult> => {
      const request = {
        request: { query, variables, operationName },
        document: parse(query),
        queryHash: createHash('sha256').update(query).digest('hex'),
        context: { identity: { kind: 'anonymous' }, requestId: 'oracle-request' },
        metrics: {},
        logger: SILENT,
      };
      return executor(request as unknown as Parameters<typeof executor>[0]);
    },
    stop: () => gateway.stop(),
  };
}

function dataSource({ schema, spoil }: TestSubgraph): GraphQLDataSource {
  const local = new LocalGraphQLDataSource(schema);
  if (!spoil) return local;
  const process = async (options: Parameters<GraphQLDataSource['process']>[0]) =>
    spoil((await local.process(options as never)) as SubgraphAnswer, options.request.query ?? '');
  return { process: process as GraphQLDataSource['process'] };
}
