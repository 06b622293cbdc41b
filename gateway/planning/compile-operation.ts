import { operationFromDocument } from '@apollo/federation-internals';
import type { DocumentNode, OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { Projections } from '../completion/projections.js';
import type { LoadedSupergraph } from '../supergraph.js';
import { compilePlan, type DataSources } from './compile-plan.js';
import type { CompiledPlan } from './compiled-plan.js';
import { planSubscription } from './plan-subscription.js';
import type { ResumeNames } from './resumption.js';

/** An operation as a program: planned and compiled; a request only runs it. */
export interface CompiledOperation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly kind: OperationTypeNode;
  readonly name: string | undefined;
  readonly plan: CompiledPlan;
  /** The quick ways from the data fetched to the answer. */
  readonly projections: Projections;
}

/** Plans and compiles an operation of a validated document. */
export function compileOperation(
  supergraph: LoadedSupergraph,
  sources: DataSources,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  resume: ResumeNames,
): CompiledOperation {
  const { planner, planningSchema, fullSchema, apiSchema } = supergraph;
  const name = definition.name?.value;
  const plan = (planned: DocumentNode): CompiledPlan => {
    const options = name === undefined ? {} : { operationName: name };
    const operation = operationFromDocument(planningSchema, planned, options);
    return compilePlan(planner.buildQueryPlan(operation), fullSchema, sources);
  };
  return {
    document,
    definition,
    kind: definition.operation,
    name,
    plan:
      definition.operation === 'subscription'
        ? planSubscription(apiSchema, document, definition, resume, plan)
        : plan(document),
    projections: new Projections(apiSchema, document, definition),
  };
}
