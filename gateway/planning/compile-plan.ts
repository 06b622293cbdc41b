import type {
  FetchDataRewrite,
  FetchNode,
  FlattenNode,
  PlanNode,
  QueryPlan,
} from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { DataSource } from '../data-sources/data-source.js';
import { internable } from '../execution/interning.js';
import { Representation } from '../execution/representation.js';
import type { NameDropper } from '../execution/rewrites.js';
import type { CompiledFetch, CompiledNode, CompiledPlan } from './compiled-plan.js';
import { type FetchOutline, Places } from './places.js';
import { prepareOperation } from './prepare-operation.js';

export type DataSources = Readonly<Record<string, DataSource>>;

/** Does, once per operation, whatever does not depend on the request. */
export function compilePlan(
  plan: QueryPlan,
  schema: GraphQLSchema,
  sources: DataSources,
): CompiledPlan {
  const { node } = plan;
  if (!node) return undefined;
  if (node.kind !== 'Subscription') return new PlanCompiler(schema, sources, [node]).node(node, []);
  const { primary, rest } = node;
  const compiler = new PlanCompiler(schema, sources, rest ? [primary, rest] : [primary]);
  return {
    kind: 'Subscription',
    primary: compiler.fetch(primary, []),
    rest: rest && compiler.node(rest, []),
    replays: false,
    resumption: undefined,
  };
}

class PlanCompiler {
  readonly #schema: GraphQLSchema;
  readonly #sources: DataSources;
  readonly #outlines = new Map<FetchNode, FetchOutline>();
  readonly #places: Places;

  constructor(schema: GraphQLSchema, sources: DataSources, nodes: readonly PlanNode[]) {
    this.#schema = schema;
    this.#sources = sources;
    for (const node of nodes) this.#outline(node, []);
    this.#places = new Places([...this.#outlines.values()]);
  }

  node(node: PlanNode, path: readonly string[]): CompiledNode {
    switch (node.kind) {
      case 'Fetch':
        return this.fetch(node, path);
      case 'Flatten':
        return this.node(node.node, below(path, node));
      case 'Sequence':
      case 'Parallel':
        return { kind: node.kind, nodes: node.nodes.map((child) => this.node(child, path)) };
      case 'Condition':
        return {
          kind: 'Condition',
          variable: node.condition,
          ifTrue: node.ifClause && this.node(node.ifClause, path),
          ifFalse: node.elseClause && this.node(node.elseClause, path),
        };
      case 'Defer':
        throw new Error('@defer is not planned for, since the planner is not told to.');
    }
  }

  fetch(node: FetchNode, path: readonly string[]): CompiledFetch {
    const { serviceName: subgraph, requires, variableUsages = [] } = node;
    const { inputRewrites = [], outputRewrites = [] } = node;
    const source = this.#sources[subgraph];
    if (!source) throw new Error(`There is no data source for the subgraph "${subgraph}".`);
    const outline = this.#outlines.get(node) ?? outlineOf(node, path);
    const composites = this.#places.compositesOf(outline);
    return {
      kind: 'Fetch',
      ...{ subgraph, source },
      operation: outline.operation,
      variableNames: variableUsages,
      place: this.#places.at(path),
      representation: requires && new Representation(this.#schema, requires, inputRewrites),
      composites,
      interned: internable(composites, requires !== undefined),
      outputRewrites: [...outputRewrites, ...interfaceNames(inputRewrites)],
      clientNames: outline.clientNames,
    };
  }

  #outline(node: PlanNode, path: readonly string[]): void {
    if (node.kind === 'Fetch') this.#outlines.set(node, outlineOf(node, path));
    else if (node.kind === 'Flatten') this.#outline(node.node, below(path, node));
    else if ('nodes' in node) for (const child of node.nodes) this.#outline(child, path);
    else if (node.kind === 'Condition') {
      if (node.ifClause) this.#outline(node.ifClause, path);
      if (node.elseClause) this.#outline(node.elseClause, path);
    }
  }
}

function below(path: readonly string[], node: FlattenNode): readonly string[] {
  return [...path, ...node.path.map(String)];
}

function outlineOf(node: FetchNode, path: readonly string[]): FetchOutline {
  return {
    operation: prepareOperation(node.operation, node.operationName),
    path,
    entities: node.requires !== undefined,
    clientNames: clientNames(node.outputRewrites ?? []),
  };
}

/**
 * A subgraph with an interface object calls its objects by the name of the interface, which must not take the place
 * of the name of their type.
 */
function interfaceNames(rewrites: readonly FetchDataRewrite[]): NameDropper[] {
  return rewrites.flatMap((rewrite) =>
    rewrite.kind === 'ValueSetter' && rewrite.path.at(-1) === '__typename'
      ? [{ kind: 'NameDropper', path: ['__typename'], name: rewrite.setValueTo }]
      : [],
  );
}

function clientNames(rewrites: NonNullable<FetchNode['outputRewrites']>): Map<string, string> {
  const names = new Map<string, string>();
  for (const rewrite of rewrites) {
    const last = rewrite.path.at(-1);
    if (rewrite.kind === 'KeyRenamer' && last) names.set(last, rewrite.renameKeyTo);
  }
  return names;
}
