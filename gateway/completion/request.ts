import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { DataObject } from '../execution/data.js';

/** What it takes to complete an answer. */
export interface CompletionRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** With their defaults. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly data: DataObject;
}
