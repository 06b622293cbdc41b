import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { OperationCosts } from './cost/operation-cost.js';
import type { Operation } from './operation.js';

/** What operations are compiled for: one version of a supergraph, or a schema of its own. */
export interface Graph {
  /** What clients may see. */
  readonly apiSchema: GraphQLSchema;
  /** The same with what clients may not see and the directives applied, such as `@cacheControl`. */
  readonly fullSchema: GraphQLSchema;
  readonly sdl: string;
  /** What operations may cost. */
  readonly costs: OperationCosts;
  /** Makes an operation of a validated document ready to run. */
  compile(document: DocumentNode, definition: OperationDefinitionNode): Operation;
}
