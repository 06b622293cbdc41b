import type { ExecutionResult } from 'graphql';
import { completeAnswer } from '../completion/complete-answer.js';
import type { SubgraphAnswer } from '../data-sources/data-source.js';
import { QueueOverflowError } from '../data-sources/event-queue.js';
import { gatewayError, SubscriberTooSlowError, UnauthenticatedError } from '../errors.js';
import type { AnswerStream, Variables } from '../operation.js';
import type { CompiledOperation } from '../planning/compile-operation.js';
import type { CompiledSubscription } from '../planning/compiled-plan.js';
import { callerKey, type RequestContext } from '../request.js';
import { authorize, EventRefusedError, requireListed } from './authorize-event.js';
import { EventStream } from './event-stream.js';
import { openUpstream } from './open-upstream.js';
import { Run } from './run.js';
import { fetchFailure, takeRootAnswer, variablesFor } from './run-fetch.js';
import { type Executor, startRun } from './run-operation.js';
import { runNode } from './run-plan.js';
import { Subscriber } from './subscriber.js';

/**
 * Opens a subscription, or joins those of the same caller who ask for the same. Answers the errors when it is refused.
 */
export async function runSubscription(
  executor: Executor,
  operation: CompiledOperation,
  variables: Variables,
  context: RequestContext,
): Promise<AnswerStream | ExecutionResult> {
  const { plan } = operation;
  if (plan?.kind !== 'Subscription') {
    return { errors: [gatewayError('BAD_REQUEST', 'This operation is not a subscription')] };
  }
  const start = startRun(executor, operation, variables, context);
  if ('refused' in start) return start.refused;
  const open = () => openAnswers(executor, operation, plan, start);
  if (!executor.upstreams.share) return open();
  const key = `${context.text}${callerKey(context)}\n${JSON.stringify(variables)}`;
  return executor.sharedAnswers.join(plan, key, open);
}

/**
 * Events come from the subgraph that owns the root field, and for each of them the rest of the plan fetches what other
 * subgraphs know.
 */
async function openAnswers(
  executor: Executor,
  operation: CompiledOperation,
  plan: CompiledSubscription,
  start: Run,
): Promise<AnswerStream | ExecutionResult> {
  const subscriber = new Subscriber(start.context, executor.reviseIdentity);
  const upstream = await openPrimary(executor, plan, start, subscriber);
  if (!(Symbol.asyncIterator in upstream)) return refusal(executor, plan, start, upstream);
  return new EventStream(
    upstream,
    (event) => {
      if (!plan.resumption) requireUnchanged(subscriber);
      const run = { ...start, context: subscriber.context };
      return answerEvent(executor, operation, plan, run, event);
    },
    (error) => ({ data: null, errors: [streamFailure(executor, plan, start, error)] }),
  );
}

/** Events that cannot be asked for again were for who the subscriber was. */
function requireUnchanged(subscriber: Subscriber): void {
  if (subscriber.hasChanged()) throw new UnauthenticatedError('Roles have changed');
}

async function openPrimary(
  executor: Executor,
  plan: CompiledSubscription,
  run: Run,
  subscriber: Subscriber,
) {
  const { primary } = plan;
  const { operation } = primary;
  const request = { operation, variables: variablesFor(primary, run) };
  try {
    return await openUpstream(plan, request, subscriber, executor.upstreams.reconnectMs);
  } catch (error) {
    run.errors.push(fetchFailure(executor, primary, run, error));
    return {};
  }
}

function refusal(
  executor: Executor,
  { primary }: CompiledSubscription,
  run: Run,
  answer: SubgraphAnswer,
): ExecutionResult {
  takeRootAnswer(executor, primary, run, [], answer);
  return { errors: run.errors };
}

/** Each event is a run of its own, so that every subgraph is asked anew with fresh loaders. */
async function answerEvent(
  executor: Executor,
  operation: CompiledOperation,
  { primary, rest }: CompiledSubscription,
  start: Run,
  event: SubgraphAnswer,
): Promise<ExecutionResult> {
  const run = new Run(executor, start);
  takeRootAnswer(executor, primary, run, [run.data], event);
  if (!event.data) return { data: null, errors: run.errors };
  if (run.context.stillListed) await requireListed(run.context);
  if (executor.authorizeEvent) await authorizeAnew(executor, operation, run, event.data);
  if (rest) await runNode(executor, rest, run);
  return completeAnswer(executor.apiSchema, operation, run);
}

async function authorizeAnew(
  executor: Executor,
  { name: operation }: CompiledOperation,
  { context: { identity, requestId }, variables }: Run,
  data: Record<string, unknown>,
): Promise<void> {
  const event = { identity, operation, variables, data };
  await authorize(executor, event, requestId, executor.errors.log);
}

function streamFailure(
  executor: Executor,
  { primary }: CompiledSubscription,
  run: Run,
  error: unknown,
) {
  if (error instanceof QueueOverflowError) return new SubscriberTooSlowError();
  if (error instanceof EventRefusedError) return error.error;
  if (error instanceof UnauthenticatedError) {
    return gatewayError('UNAUTHENTICATED', undefined, { requestId: run.context.requestId });
  }
  return fetchFailure(executor, primary, run, error);
}
