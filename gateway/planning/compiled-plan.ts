import type { DataSource, PreparedOperation } from '../data-sources/data-source.js';
import type { Interning } from '../execution/interning.js';
import type { Representation } from '../execution/representation.js';
import type { Rewrite } from '../execution/rewrites.js';
import type { CompositeField, Place } from './places.js';
import type { Resumption } from './resumption.js';

/** A query plan made ready to run many times: documents parsed, sources looked up, paths resolved. */
export type CompiledNode = CompiledGroup | CompiledFetch | CompiledCondition;

/** The plan of a whole operation; undefined for one that needs no subgraph. */
export type CompiledPlan = CompiledNode | CompiledSubscription | undefined;

export interface CompiledGroup {
  readonly kind: 'Sequence' | 'Parallel';
  readonly nodes: readonly CompiledNode[];
}

export interface CompiledCondition {
  readonly kind: 'Condition';
  readonly variable: string;
  readonly ifTrue: CompiledNode | undefined;
  readonly ifFalse: CompiledNode | undefined;
}

export interface CompiledFetch {
  readonly kind: 'Fetch';
  readonly subgraph: string;
  readonly source: DataSource;
  readonly operation: PreparedOperation;
  /** Names of the client's variables that this fetch passes on. */
  readonly variableNames: readonly string[];
  /** Where in the answer the fetch applies. */
  readonly place: Place;
  /** What of each entity there is sent along; undefined for a fetch of root fields. */
  readonly representation: Representation | undefined;
  /** Its fields that have sub-selections. */
  readonly composites: ReadonlyMap<string, CompositeField>;
  /** What of an answer becomes one object where it is there many times. */
  readonly interned: Interning | undefined;
  readonly outputRewrites: readonly Rewrite[];
  /** Names of fields in the subgraph's answer whose name in the client's answer differs. */
  readonly clientNames: ReadonlyMap<string, string>;
}

export interface CompiledSubscription {
  readonly kind: 'Subscription';
  /** Opens the event stream. */
  readonly primary: CompiledFetch;
  /** Runs over the data of each event. */
  readonly rest: CompiledNode | undefined;
  /** It begins with what was before; somebody who joins it later does not get that. */
  readonly replays: boolean;
  /** How to go on after an interruption; undefined where nobody can say what was missed. */
  readonly resumption: Resumption | undefined;
}
