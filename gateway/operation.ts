import type { DocumentNode, ExecutionResult, OperationTypeNode } from 'graphql';
import type { OperationCost } from './cost/operation-cost.js';
import type { RequestContext } from './request.js';

export type Variables = Readonly<Record<string, unknown>>;

/** The answers of a subscription, one for each event. */
export type AnswerStream = AsyncIterableIterator<ExecutionResult, undefined>;

/** What a client asks to run, made ready to run many times; it belongs to the graph it was compiled for. */
export interface Operation extends OperationCost {
  readonly document: DocumentNode;
  readonly kind: OperationTypeNode;
  readonly name: string | undefined;
  /** Whether caches may keep its answers, as far as is known beforehand. */
  readonly cacheable?: boolean;
  /** Runs a query or mutation; never rejects. An answer without `data` is a request error: nothing was run. */
  run(variables: Variables, context: RequestContext): Promise<ExecutionResult>;
  /** Opens a subscription; answers errors when it is refused; never rejects. */
  subscribe(variables: Variables, context: RequestContext): Promise<AnswerStream | ExecutionResult>;
}
