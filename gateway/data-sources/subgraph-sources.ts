import type { DataSources } from '../planning/compile-plan.js';
import type { NamedSubgraph } from '../supergraph.js';
import { SupergraphError } from '../supergraph-error.js';
import type { DataSource } from './data-source.js';
import { httpSource } from './http.js';

/** Makes the data source of a subgraph that is new, or whose url has changed; undefined where there can be none. */
export type DataSourceFor = (subgraph: NamedSubgraph) => DataSource | undefined;

/** One for each subgraph by name, or how they are made. */
export type DataSourcesSetting = DataSources | DataSourceFor;

/** Asks a subgraph over HTTP, where the supergraph says that it is. */
const byUrl: DataSourceFor = ({ url }) =>
  /^https?:/.test(url) && URL.canParse(url) ? httpSource({ url }) : undefined;

/** The data sources of a gateway, through all versions of its supergraph. */
export class SubgraphSources {
  readonly #prepare: (sources: DataSources) => DataSources;
  readonly #prepared = new Map<DataSource, DataSource>();
  readonly #make: DataSourceFor | undefined;
  readonly #made = new Map<string, DataSource | undefined>();
  #given: DataSources;
  #current: DataSources = {};

  /** `prepare` gets every source once and answers what is used in its place. */
  constructor(
    setting: DataSourcesSetting = byUrl,
    prepare: (sources: DataSources) => DataSources = (sources) => sources,
  ) {
    const making = typeof setting === 'function';
    this.#make = making ? setting : undefined;
    this.#given = making ? {} : setting;
    this.#prepare = prepare;
  }

  /** Those of the graph of the moment. */
  get current(): DataSources {
    return this.#current;
  }

  /** A source for each subgraph; `given` replaces those of the same names. Throws a SupergraphError where one lacks. */
  use(subgraphs: readonly NamedSubgraph[], given: DataSources = {}): DataSources {
    const all = { ...this.#given, ...given };
    const found = subgraphs.map(
      (each) => [each.name, all[each.name] ?? this.#other(each)] as const,
    );
    const missing = found.filter(([, source]) => !source).map(([name]) => name);
    if (missing.length > 0) throw withoutSource(missing, this.#make !== undefined);
    this.#given = all;
    this.#current = this.#preparedAll(found as Array<readonly [string, DataSource]>);
    return this.#current;
  }

  /** Closes every source there has been: what runs until now may need the former ones. */
  async close(): Promise<void> {
    await Promise.all([...this.#prepared.values()].map((source) => source.close()));
  }

  #other(subgraph: NamedSubgraph): DataSource | undefined {
    const key = `${subgraph.name}\n${subgraph.url}`;
    const made = this.#made.get(key) ?? this.#make?.(subgraph);
    this.#made.set(key, made);
    return made;
  }

  #preparedAll(sources: ReadonlyArray<readonly [name: string, DataSource]>): DataSources {
    const fresh = sources.filter(([, source]) => !this.#prepared.has(source));
    const prepared = this.#prepare(Object.fromEntries(fresh));
    for (const [name, source] of fresh) this.#prepared.set(source, prepared[name] ?? source);
    return Object.fromEntries(
      sources.map(([name, source]) => [name, this.#prepared.get(source) ?? source]),
    );
  }
}

function withoutSource(names: readonly string[], made: boolean): SupergraphError {
  const [subgraphs, are] = names.length > 1 ? ['subgraphs', 'are'] : ['subgraph', 'is'];
  const list = `${subgraphs} ${names.join(', ')}`;
  const message = made
    ? `The supergraph does not say at which http url the ${list} ${are}`
    : `No data source for the ${list}`;
  return new SupergraphError('SUBGRAPH_WITHOUT_SOURCE', message);
}
