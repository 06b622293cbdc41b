import { AnswerCache } from './caching/answer-cache.js';
import type { AnswerStore } from './caching/answer-store.js';
import { cachingGraph } from './caching/caching-graph.js';
import { type DataSourcesSetting, SubgraphSources } from './data-sources/subgraph-sources.js';
import { type FederationOptions, federatedGraph } from './federated-graph.js';
import type { Graph } from './graph.js';
import type { LimitOptions } from './limits/default-limits.js';
import { limitsOf } from './limits/limits.js';
import { type GatewayLog, SILENT_LOG } from './log.js';
import { NOBODY, type Watchers } from './observability/watcher.js';
import { Operations } from './operations.js';
import { PersistedOperations, type PersistedOperationsInput } from './persisted-operations.js';
import type { DataSources } from './planning/compile-plan.js';
import { guardSources } from './resilience/subgraph-calls.js';
import { type SchemaOptions, schemaGraph } from './schema-graph.js';
import { loadSupergraph, type SupergraphSource } from './supergraph.js';
import { watchSupergraph } from './watch-supergraph.js';

/** A supergraph, and how its subgraphs are reached: over HTTP, where the supergraph says, by default. */
export type FederationSource = SupergraphSource & { dataSources?: DataSourcesSetting };

/** What is served: a supergraph, or a plain executable schema. */
export type Served = (FederationSource & FederationOptions) | SchemaOptions;

export type EngineOptions = Served & {
  /** Operations that clients may name by id. */
  persistedOperations?: PersistedOperationsInput;
  /**
   * Show the schema: answer `__schema` and `__type`, and suggest names in errors. As in Apollo Server, true by default
   * unless NODE_ENV is `production`.
   */
  introspection?: boolean;
  /** What operations that are not registered may ask for; `false` leaves all limits off. */
  limits?: LimitOptions | false;
  /**
   * Answers over HTTP say for how long they may be kept, by `@cacheControl` hints or the subgraphs' headers; with a
   * `store` the gateway keeps them, too. `false` for neither; without a store by default.
   */
  caching?: { store?: AnswerStore } | false;
  log?: GatewayLog;
};

/** Another version of what is served; sources that are not named stay. */
export type Reload = (SupergraphSource & { dataSources?: DataSources }) | SchemaOptions;

/** The gateway without its transports. */
export interface Engine {
  readonly operations: Operations;
  readonly introspection: boolean;
  readonly log: GatewayLog;
  readonly watchers: Watchers;
  /** The response cache, where there is one. */
  readonly answers: AnswerCache | undefined;
  readonly sources: SubgraphSources;
  /** Calls back for the graph of the moment, and for each one that takes its place. */
  onGraph(listener: (graph: Graph) => void): void;
  /** Takes over another version; rejects and goes on as before when it does not compose. */
  reload(next: Reload): Promise<void>;
  /** Stops watching. */
  close(): void;
}

export function createEngine(options: EngineOptions, watchers: Watchers = NOBODY): Engine {
  const { log = SILENT_LOG, caching = {} } = options;
  const { introspection = process.env.NODE_ENV !== 'production' } = options;
  const federation = options as FederationOptions;
  const limits = limitsOf(options.limits ?? {});
  const guarded = guardSources(federation.subgraphCalls, watchers.calls(federation), log);
  const sources = new SubgraphSources(
    'dataSources' in options ? options.dataSources : undefined,
    (all) => watchers.sources(guarded(all)),
  );
  const listeners: Array<(graph: Graph) => void> = [];
  let lastReload: Promise<void> = Promise.resolve();

  const store = caching ? caching.store : undefined;
  const answers = store && new AnswerCache(store);
  const withCaching = (graph: Graph) => (caching ? cachingGraph(graph, answers) : graph);

  function graphOf(served: SupergraphSource | SchemaOptions, given?: DataSources): Graph {
    if ('schema' in served) {
      return withCaching(schemaGraph({ ...options, ...served, log }, limits?.listSize));
    }
    const supergraph = loadSupergraph(served);
    const used = sources.use(supergraph.subgraphs, given);
    return withCaching(federatedGraph(supergraph, used, federation, limits?.listSize));
  }

  const startWatching = watchSupergraph(options);
  const persisted = new PersistedOperations(options.persistedOperations);
  const operations = new Operations(
    graphOf(options),
    { introspection, limits },
    persisted,
    watchers,
  );

  async function takeOver(next: Reload) {
    const graph = graphOf(next, 'dataSources' in next ? next.dataSources : undefined);
    await operations.takeOver(graph);
    for (const listener of listeners) listener(graph);
    log.info({}, 'Took over a changed schema');
  }

  const reload = (next: Reload) => {
    lastReload = lastReload.catch(() => {}).then(() => takeOver(next));
    return lastReload;
  };

  const stopWatching = startWatching(reload, log);

  return {
    ...{ operations, introspection, log, watchers, answers, sources, reload },
    onGraph: (listener) => {
      listeners.push(listener);
      listener(operations.graph);
    },
    close: stopWatching,
  };
}
