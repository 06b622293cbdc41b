import type { Identity } from '@waybill/kernel/identity.js';
import {
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  subscribe,
  validate,
} from 'graphql';
import { EventStream } from '../execution/event-stream.js';
import type { RequestContext } from '../request.js';
import type {
  Awaitable,
  DataSource,
  PreparedOperation,
  SubgraphAnswer,
  SubgraphRequest,
} from './data-source.js';

export interface InProcessSourceOptions {
  schema: GraphQLSchema;
  /** The context of one subgraph operation, with DataLoaders of its own; identity and request id by default. */
  contextFor?(identity: Identity, requestId: string, address?: string): object;
  /** Rejects when what the subgraph stands on is away. */
  ready?(): Promise<void>;
}

/** A subgraph in this very process: its schema is called directly, with no JSON in between. */
export function inProcessSource(options: InProcessSourceOptions): DataSource {
  const refusals = new WeakMap<PreparedOperation, readonly GraphQLError[]>();
  /** As any subgraph does: the planner may ask one field with two arguments under one name. */
  const refusalOf = (operation: PreparedOperation): SubgraphAnswer | undefined => {
    const errors = refusals.get(operation) ?? validate(options.schema, operation.document);
    refusals.set(operation, errors);
    return errors.length > 0 ? { errors } : undefined;
  };
  const executionArgs = ({ operation, variables, context }: SubgraphRequest) => ({
    schema: options.schema,
    document: operation.document,
    variableValues: variables,
    contextValue: contextOf(options, context),
  });
  return {
    execute: (request) =>
      refusalOf(request.operation) ??
      (execute(executionArgs(request)) as Awaitable<SubgraphAnswer>),
    subscribe: async (request) => {
      const refusal = refusalOf(request.operation);
      if (refusal) return refusal;
      const answer = await subscribe(executionArgs(request));
      if (!(Symbol.asyncIterator in answer)) return answer;
      return new EventStream<ExecutionResult, SubgraphAnswer>(answer, passOn, lastAnswer);
    },
    ready: async () => options.ready?.(),
    close: async () => {},
  };
}

function contextOf(
  { contextFor }: InProcessSourceOptions,
  { identity, requestId, address }: RequestContext,
): object {
  return contextFor ? contextFor(identity, requestId, address) : { identity, requestId };
}

const passOn = async (event: ExecutionResult): Promise<SubgraphAnswer> => event;

/** A stream that fails says so in its last event, as it does over a WebSocket. */
function lastAnswer(error: unknown): SubgraphAnswer {
  const cause = error instanceof Error ? error : new Error(String(error));
  return { data: null, errors: [new GraphQLError(cause.message, { originalError: cause })] };
}
