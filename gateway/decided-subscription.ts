import {
  type DocumentNode,
  type ExecutionResult,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import { gatewayError } from './errors.js';
import { badVariables, subscriptionsElsewhere } from './execution/run-operation.js';
import type { Graph } from './graph.js';
import type { Operation, Variables } from './operation.js';
import { decideRoot } from './planning/root-conditions.js';

/** Combinations of conditions that are kept compiled; a client could name many. */
const MOST_VARIANTS = 16;

/**
 * A subscription whose root field depends on variables: each combination of them is a subscription of its own, compiled
 * when it is first asked for. One that selects no field, or several, is a request error, as the specification has it.
 */
export function decidedSubscription(
  graph: Graph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  conditions: readonly string[],
): Operation {
  const variants = new Map<string, Operation>();

  function variant(coerced: Variables): Operation | undefined {
    const key = conditions.map((name) => (coerced[name] === true ? 1 : 0)).join('');
    const known = variants.get(key);
    if (known) return known;
    const decided = decideRoot(graph.apiSchema, document, definition, coerced);
    if (!decided) return undefined;
    const operation = graph.compile(decided.document, decided.definition);
    if (variants.size < MOST_VARIANTS) variants.set(key, operation);
    return operation;
  }

  const subscribe: Operation['subscribe'] = async (variables, context) => {
    const definitions = definition.variableDefinitions ?? [];
    const { coerced, errors } = getVariableValues(graph.apiSchema, definitions, variables, {
      maxErrors: 10,
    });
    if (!coerced) return badVariables(errors, context);
    return variant(coerced)?.subscribe(variables, context) ?? notOneField(context.requestId);
  };

  return {
    document,
    kind: definition.operation,
    name: definition.name?.value,
    ...graph.costs.of(document, definition),
    run: async () => ({ errors: [subscriptionsElsewhere()] }),
    subscribe,
  };
}

function notOneField(requestId: string): ExecutionResult {
  const message = 'With these variables the subscription does not select exactly one field.';
  return { errors: [gatewayError('BAD_USER_INPUT', message, { requestId })] };
}
