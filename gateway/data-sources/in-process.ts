import type { Identity } from '@waybill/kernel/identity.js';
import { type ExecutionResult, execute, type GraphQLSchema, subscribe } from 'graphql';
import type { Awaitable, DataSource, SubgraphAnswer, SubgraphRequest } from './data-source.js';

export interface InProcessSourceOptions {
  schema: GraphQLSchema;
  /** The context of one subgraph operation, with DataLoaders of its own. */
  contextFor(identity: Identity, requestId: string): object;
  /** Rejects when what the subgraph stands on is away. */
  ready?(): Promise<void>;
}

/** A subgraph in this very process: its schema is called directly, with no JSON in between. */
export function inProcessSource(options: InProcessSourceOptions): DataSource {
  const executionArgs = ({ operation, variables, context }: SubgraphRequest) => ({
    schema: options.schema,
    document: operation.document,
    variableValues: variables,
    contextValue: options.contextFor(context.identity, context.requestId),
  });
  return {
    execute: (request) => execute(executionArgs(request)) as Awaitable<SubgraphAnswer>,
    subscribe: async (request) => {
      const answer: AsyncIterable<ExecutionResult> | ExecutionResult = await subscribe(
        executionArgs(request),
      );
      return answer as AsyncIterable<SubgraphAnswer> | SubgraphAnswer;
    },
    ready: async () => options.ready?.(),
    close: async () => {},
  };
}
