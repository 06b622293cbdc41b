import type { DocumentNode, GraphQLFormattedError, OperationTypeNode } from 'graphql';
import type { RequestContext } from '../request.js';

/** A fetch's operation, prepared once per plan. */
export interface PreparedOperation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly name: string | undefined;
  /** Only a query may be asked twice. */
  readonly kind: OperationTypeNode;
  /** The start of the JSON request body, up to and including `"variables":`. */
  readonly bodyStart: string;
}

export interface SubgraphRequest {
  readonly operation: PreparedOperation;
  readonly variables: Record<string, unknown>;
  /** The same as JSON, where that costs less than to stringify them. */
  variablesText?(): string;
  readonly context: RequestContext;
  /** When the client's whole answer is due, on the clock of `performance.now()`. */
  readonly deadline?: number;
}

/** A call as its caller holds it. */
export interface CallHandle {
  /** Breaks off what is under way; set by a source that can. */
  cancel: ((reason: Error) => void) | undefined;
}

export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  /** The answer's `Cache-Control` header, if it has one; needed only where the context asks for `caching`. */
  readonly cacheControl?: string | undefined;
}

/** The connection to a subgraph could not be made, or broke: the same request may succeed later. */
export class ConnectionLostError extends Error {}

export type Awaitable<T> = T | Promise<T>;

/** How the gateway talks to one subgraph. */
export interface DataSource {
  /** Runs a query or mutation; rejects when the subgraph cannot be reached. */
  execute(request: SubgraphRequest, call?: CallHandle): Awaitable<SubgraphAnswer>;
  /**
   * Opens an event stream; rejects, or answers the errors, when the subgraph refuses. A stream that fails with a
   * ConnectionLostError, or that cannot be opened for one, may be opened again.
   */
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<SubgraphAnswer> | SubgraphAnswer>;
  /** Rejects when the subgraph is away. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
