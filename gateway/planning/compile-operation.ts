import { operationFromDocument } from '@apollo/federation-internals';
import type { DocumentNode, OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { Projections } from '../completion/projections.js';
import type { LoadedSupergraph } from '../supergraph.js';
import { compilePlan, type DataSources } from './compile-plan.js';
import type { CompiledNode, CompiledSubscription } from './compiled-plan.js';

/** An operation as a program: planned and compiled; a request only runs it. */
export interface CompiledOperation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly kind: OperationTypeNode;
  readonly name: string | undefined;
  readonly plan: CompiledNode | CompiledSubscription | undefined;
  /** The quick way from the data fetched to the answer. */
  readonly projections: Projections;
}

/** Plans and compiles an operation of a validated document. */
export function compileOperation(
  { planner, planningSchema, apiSchema }: LoadedSupergraph,
  sources: DataSources,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): CompiledOperation {
  const name = definition.name?.value;
  const operation = operationFromDocument(planningSchema, document, {
    ...(name !== undefined && { operationName: name }),
  });
  return {
    document,
    definition,
    kind: definition.operation,
    name,
    plan: compilePlan(planner.buildQueryPlan(operation), sources),
    projections: new Projections(apiSchema, document, definition),
  };
}
