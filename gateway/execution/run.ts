import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { ErrorPolicy } from '../errors.js';
import type { Place } from '../planning/places.js';
import type { RequestContext } from '../request.js';
import type { DataObject } from './data.js';
import { Repeats } from './repeats.js';

/** What a test or a meter learns of each call to a subgraph. */
export interface FetchEvent {
  readonly subgraph: string;
  readonly path: readonly string[];
  /** Entities asked for; 0 for a fetch of root fields. */
  readonly representations: number;
}

/** What all runs of a gateway share. */
export interface Execution {
  readonly schema: GraphQLSchema;
  readonly errors: ErrorPolicy;
  readonly onFetch?: ((event: FetchEvent) => void) | undefined;
  /** Milliseconds in which the calls of one run must all be over. */
  readonly deadlineMs: number;
}

/** One run of a plan: the data collected so far and the errors met on the way. */
export class Run {
  readonly context: RequestContext;
  /** Variables as the client sent them; subgraphs coerce them by their own types. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Variables with their defaults, by which conditions are decided. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly data: DataObject = {};
  readonly errors: GraphQLError[] = [];
  /** What has been found at the places that are settled. */
  readonly targets = new Map<Place, readonly DataObject[]>();
  readonly repeats = new Repeats();
  /** When its last call must be over, on the clock of `performance.now()`. */
  readonly deadline: number;

  constructor(
    { deadlineMs }: Pick<Execution, 'deadlineMs'>,
    { context, variables, coerced }: Pick<Run, 'context' | 'variables' | 'coerced'>,
  ) {
    this.context = context;
    this.variables = variables;
    this.coerced = coerced;
    this.deadline = performance.now() + deadlineMs;
  }
}
