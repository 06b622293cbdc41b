import type { ExecutionResult } from 'graphql';
import { type OperationCost, OperationCosts } from './cost/operation-cost.js';
import { internalError } from './errors.js';
import type { EventAuthorization } from './execution/authorize-event.js';
import type { FetchEvent } from './execution/run.js';
import { type Executor, runOperation } from './execution/run-operation.js';
import { runSubscription } from './execution/run-subscription.js';
import { SharedAnswers, type UpstreamOptions } from './execution/shared-answers.js';
import type { Graph } from './graph.js';
import { DEFAULT_LIMITS } from './limits/default-limits.js';
import { type GatewayLog, SILENT_LOG } from './log.js';
import type { Operation } from './operation.js';
import { type CompiledOperation, compileOperation } from './planning/compile-operation.js';
import type { DataSources } from './planning/compile-plan.js';
import type { ResumeNames } from './planning/resumption.js';
import type { RequestContext } from './request.js';
import {
  type CallObserver,
  REQUEST_DEADLINE_MS,
  type SubgraphCallOptions,
} from './resilience/subgraph-calls.js';
import type { LoadedSupergraph } from './supergraph.js';

export interface FederationOptions extends CallObserver, EventAuthorization {
  /** Hide the text of errors that have no code of their own; true by default. */
  maskErrors?: boolean;
  log?: GatewayLog;
  /** Told of each call to a subgraph. */
  onFetch?(event: FetchEvent): void;
  /** Deadlines, circuit breakers and retries of calls to subgraphs; false leaves all of them off. */
  subgraphCalls?: SubgraphCallOptions | false;
  /**
   * How a subscription that was interrupted asks for what it missed: its root field takes the position of the last
   * event seen as an argument, and its events tell theirs. `{ argument: 'afterSeq', field: 'seq' }` by default.
   */
  resume?: ResumeNames;
  /** How subscriptions reach subgraphs. */
  upstreams?: Partial<UpstreamOptions>;
}

const RESUME_NAMES: ResumeNames = { argument: 'afterSeq', field: 'seq' };

const UPSTREAM_OPTIONS: UpstreamOptions = {
  share: true,
  maxWaitingEvents: 1_000,
  reconnectMs: 60_000,
};

/** A supergraph and the subgraphs behind it, each of which has a source. */
export function federatedGraph(
  supergraph: LoadedSupergraph,
  sources: DataSources,
  options: FederationOptions,
  listSize = DEFAULT_LIMITS.listSize,
): Graph {
  const { apiSchema, fullSchema: schema, sdl } = supergraph;
  const { maskErrors: mask = true, log = SILENT_LOG, resume = RESUME_NAMES } = options;
  const { subgraphCalls = {} } = options;
  const upstreams = { ...UPSTREAM_OPTIONS, ...options.upstreams };
  const executor: Executor = {
    schema,
    apiSchema,
    errors: { mask, log },
    onFetch: options.onFetch?.bind(options),
    deadlineMs: subgraphCalls
      ? (subgraphCalls.requestDeadlineMs ?? REQUEST_DEADLINE_MS)
      : Number.POSITIVE_INFINITY,
    upstreams,
    sharedAnswers: new SharedAnswers(upstreams.maxWaitingEvents),
    ...(options.reviseIdentity && { reviseIdentity: options.reviseIdentity.bind(options) }),
    ...(options.authorizeEvent && { authorizeEvent: options.authorizeEvent.bind(options) }),
  };
  const costs = new OperationCosts(schema, listSize);
  return {
    apiSchema,
    fullSchema: schema,
    sdl,
    costs,
    compile: (document, definition) =>
      runnable(
        executor,
        compileOperation(supergraph, sources, document, definition, resume),
        costs.of(document, definition),
      ),
  };
}

function runnable(executor: Executor, compiled: CompiledOperation, cost: OperationCost): Operation {
  const surprise = (error: unknown, { requestId }: RequestContext): ExecutionResult => {
    executor.errors.log.error({ requestId, err: error }, 'An operation failed');
    return { data: null, errors: [internalError(requestId)] };
  };
  const { document, kind, name } = compiled;
  return {
    ...{ document, kind, name },
    ...cost,
    run: async (variables, context) => {
      try {
        return await runOperation(executor, compiled, variables, context);
      } catch (error) {
        return surprise(error, context);
      }
    },
    subscribe: (variables, context) =>
      runSubscription(executor, compiled, variables, context).catch((e) => surprise(e, context)),
  };
}
