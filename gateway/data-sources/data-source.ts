import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { RequestContext } from '../request.js';

/** A fetch's operation, prepared once per plan. */
export interface PreparedOperation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly name: string | undefined;
  /** The start of the JSON request body, up to and including `"variables":`. */
  readonly bodyStart: string;
}

export interface SubgraphRequest {
  readonly operation: PreparedOperation;
  readonly variables: Record<string, unknown>;
  readonly context: RequestContext;
}

export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

export type Awaitable<T> = T | Promise<T>;

/** How the gateway talks to one subgraph. */
export interface DataSource {
  /** Runs a query or mutation; rejects when the subgraph cannot be reached. */
  execute(request: SubgraphRequest): Awaitable<SubgraphAnswer>;
  /** Opens an event stream; rejects, or answers the errors, when the subgraph refuses. */
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<SubgraphAnswer> | SubgraphAnswer>;
  /** Rejects when the subgraph is away. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
