import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { CompiledPlan } from './compiled-plan.js';
import { type ResumeNames, resumptionOf, startsAnywhere, withPosition } from './resumption.js';
import { decideRoot } from './root-conditions.js';

/**
 * Plans a subscription so that it can go on after an interruption, if it is of a kind that can: the position of each
 * event is asked for on top of what the client asked for. Not so where it would take another subgraph to tell it.
 */
export function planSubscription(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  names: ResumeNames,
  plan: (document: DocumentNode) => CompiledPlan,
): CompiledPlan {
  const plain = decideRoot(schema, document, definition, {});
  const replays = plain !== undefined && startsAnywhere(schema, plain.definition, names);
  const positioned = replays && withPosition(schema, plain.document, plain.definition, names);
  const resumable = positioned ? plan(positioned) : undefined;
  if (replays && resumable?.kind === 'Subscription') {
    const { operation } = resumable.primary;
    const resumption = resumptionOf(schema, plain.definition, names, operation);
    if (resumption) return { ...resumable, replays, resumption };
  }
  const unaltered = plan(document);
  return unaltered?.kind === 'Subscription' ? { ...unaltered, replays } : unaltered;
}
