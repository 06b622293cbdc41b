import { type ExecutionResult, execute, type GraphQLSchema, printSchema, subscribe } from 'graphql';
import { DEFAULT_LIST_SIZE, OperationCosts } from './cost/operation-cost.js';
import type { Graph } from './graph.js';
import type { AnswerStream, Operation } from './operation.js';
import type { RequestContext } from './request.js';

export interface SchemaOptions {
  /** An executable schema to serve in place of a supergraph; graphql-js runs its operations. */
  schema: GraphQLSchema;
  /** The context that resolvers get; the gateway's own (identity, request id) by default. */
  contextFor?(context: RequestContext): object;
}

/** A plain schema behind the gateway's transports. */
export function schemaGraph(
  { schema, contextFor = (own) => own }: SchemaOptions,
  listSize = DEFAULT_LIST_SIZE,
): Graph {
  const costs = new OperationCosts(schema, listSize);
  const compile: Graph['compile'] = (document, definition): Operation => {
    const { operation: kind, name } = definition;
    const argumentsFor = (variableValues: object, context: RequestContext) => ({
      schema,
      document,
      operationName: name?.value,
      variableValues: variableValues as Record<string, unknown>,
      contextValue: contextFor(context),
    });
    return {
      ...{ document, kind, name: name?.value },
      ...costs.of(document, definition),
      run: async (variables, context) => execute(argumentsFor(variables, context)),
      subscribe: (variables, context) =>
        subscribe(argumentsFor(variables, context)) as Promise<AnswerStream | ExecutionResult>,
    };
  };
  return { apiSchema: schema, fullSchema: schema, sdl: printSchema(schema), costs, compile };
}
