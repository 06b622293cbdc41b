import {
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type VariableDefinitionNode,
} from 'graphql';
import { completeAnswer } from '../completion/complete-answer.js';
import type { Awaitable } from '../data-sources/data-source.js';
import { gatewayError } from '../errors.js';
import type { Variables } from '../operation.js';
import type { CompiledOperation } from '../planning/compile-operation.js';
import type { RequestContext } from '../request.js';
import type { EventAuthorization } from './authorize-event.js';
import { type Execution, Run } from './run.js';
import { runNode } from './run-plan.js';
import type { SharedAnswers, UpstreamOptions } from './shared-answers.js';

/** What the execution of any operation stands on. */
export interface Executor extends Execution, EventAuthorization {
  /** What clients may see; answers are completed by it. */
  readonly apiSchema: GraphQLSchema;
  readonly upstreams: UpstreamOptions;
  /** The subscriptions that are open. */
  readonly sharedAnswers: SharedAnswers;
}

/** Runs a query or a mutation. An answer without `data` is a request error: nothing was run. */
export function runOperation(
  executor: Executor,
  operation: CompiledOperation,
  variables: Variables,
  context: RequestContext,
): Awaitable<ExecutionResult> {
  const { plan } = operation;
  if (plan?.kind === 'Subscription') return { errors: [subscriptionsElsewhere()] };
  const run = startRun(executor, operation, variables, context);
  if ('refused' in run) return run.refused;
  const complete = () => completeAnswer(executor.apiSchema, operation, run);
  const running = plan && runNode(executor, plan, run);
  return running ? running.then(complete) : complete();
}

/** Coerces the variables and starts an empty run, or says why not. */
export function startRun(
  executor: Executor,
  operation: CompiledOperation,
  variables: Variables,
  context: RequestContext,
): Run | { refused: ExecutionResult } {
  const definitions = operation.definition.variableDefinitions ?? [];
  const { coerced, errors } = coerce(executor.apiSchema, definitions, variables);
  if (errors) return { refused: badVariables(errors, context) };
  return new Run(executor, { context, variables, coerced });
}

function coerce(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Variables,
) {
  if (definitions.length === 0) return { coerced: {} };
  return getVariableValues(schema, definitions, variables, { maxErrors: 10 });
}

/** Refuses a request whose variables do not fit. */
export function badVariables(
  errors: readonly GraphQLError[],
  { requestId }: RequestContext,
): ExecutionResult {
  return {
    errors: errors.map(({ message }) => gatewayError('BAD_USER_INPUT', message, { requestId })),
  };
}

export function subscriptionsElsewhere() {
  return gatewayError('BAD_REQUEST', 'Subscriptions are run over a WebSocket');
}
