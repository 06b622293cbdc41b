import { createHash } from 'node:crypto';
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { type ExecutionResult, parse } from 'graphql';
import type { TestGraph } from './graph.js';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

export interface Question {
  query: string;
  variables?: Record<string, unknown>;
}

/** Stock Apollo Gateway over the same subgraphs: what it answers is what we should answer. */
export async function stockGateway(graph: TestGraph) {
  const schemas = new Map(graph.subgraphs.map(({ name, schema }) => [name, schema]));
  const gateway = new ApolloGateway({
    supergraphSdl: graph.supergraph,
    logger: SILENT,
    buildService: ({ name }) => {
      const schema = schemas.get(name);
      if (!schema) throw new Error(`no subgraph ${name}`);
      return new LocalGraphQLDataSource(schema);
    },
  });
  const { executor } = await gateway.load();
  return {
    ask: async ({ query, variables = {} }: Question): Promise<ExecutionResult> => {
      const request = {
        request: { query, variables },
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
