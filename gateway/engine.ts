import type { ExecutionResult } from 'graphql';
import { internalError } from './errors.js';
import type { FetchEvent } from './execution/run.js';
import { type Executor, runOperation, type Variables } from './execution/run-operation.js';
import { type AnswerStream, runSubscription } from './execution/run-subscription.js';
import { type GatewayLog, SILENT_LOG } from './log.js';
import { Operations } from './operations.js';
import { PersistedOperations, type PersistedOperationsInput } from './persisted-operations.js';
import type { CompiledOperation } from './planning/compile-operation.js';
import type { DataSources } from './planning/compile-plan.js';
import type { RequestContext } from './request.js';
import { type LoadedSupergraph, loadSupergraph, type SupergraphSource } from './supergraph.js';

export type EngineOptions = SupergraphSource & {
  /** One data source for each subgraph, by its name. */
  dataSources: DataSources;
  /** Operations that clients may name by id. */
  persistedOperations?: PersistedOperationsInput;
  /** Answer `__schema` and `__type`; true by default. */
  introspection?: boolean;
  /** Hide the text of errors that have no code of their own; true by default. */
  maskErrors?: boolean;
  log?: GatewayLog;
  /** Told of each call to a subgraph. */
  onFetch?(event: FetchEvent): void;
};

/** The gateway without its transports: plans operations and runs them. */
export interface Engine {
  readonly supergraph: LoadedSupergraph;
  readonly operations: Operations;
  readonly introspection: boolean;
  readonly log: GatewayLog;
  /** Runs a query or mutation; never rejects. */
  run(
    operation: CompiledOperation,
    variables: Variables,
    context: RequestContext,
  ): Promise<ExecutionResult>;
  /** Opens a subscription; answers errors when it is refused; never rejects. */
  subscribe(
    operation: CompiledOperation,
    variables: Variables,
    context: RequestContext,
  ): Promise<AnswerStream | ExecutionResult>;
}

export function createEngine(options: EngineOptions): Engine {
  const supergraph = loadSupergraph(options);
  const { log = SILENT_LOG, introspection = true, dataSources: sources } = options;
  requireSources(supergraph, sources);
  const persisted = new PersistedOperations(options.persistedOperations);
  const executor: Executor = {
    schema: supergraph.fullSchema,
    apiSchema: supergraph.apiSchema,
    errors: { mask: options.maskErrors ?? true, log },
    onFetch: options.onFetch?.bind(options),
  };
  const surprise = (error: unknown, { requestId }: RequestContext): ExecutionResult => {
    log.error({ requestId, err: error }, 'An operation failed');
    return { data: null, errors: [internalError(requestId)] };
  };
  return {
    supergraph,
    operations: new Operations({ supergraph, sources, introspection }, persisted),
    introspection,
    log,
    run: (operation, variables, context) =>
      runOperation(executor, operation, variables, context).catch((e) => surprise(e, context)),
    subscribe: (operation, variables, context) =>
      runSubscription(executor, operation, variables, context).catch((e) => surprise(e, context)),
  };
}

function requireSources({ subgraphNames }: LoadedSupergraph, sources: DataSources): void {
  const missing = subgraphNames.filter((name) => !sources[name]);
  if (missing.length > 0) throw new Error(`No data source for the subgraphs ${missing.join(', ')}`);
}
