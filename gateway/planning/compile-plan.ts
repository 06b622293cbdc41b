import type { FetchDataRewrite, FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import type { DataSource } from '../data-sources/data-source.js';
import type { NameDropper } from '../execution/rewrites.js';
import type { CompiledFetch, CompiledNode, CompiledPlan } from './compiled-plan.js';
import { prepareOperation } from './prepare-operation.js';

export type DataSources = Readonly<Record<string, DataSource>>;

/** Does, once per operation, whatever does not depend on the request. */
export function compilePlan(plan: QueryPlan, sources: DataSources): CompiledPlan {
  if (!plan.node) return undefined;
  if (plan.node.kind !== 'Subscription') return compileNode(plan.node, [], sources);
  const { primary, rest } = plan.node;
  return {
    kind: 'Subscription',
    primary: compileFetch(primary, [], sources),
    rest: rest && compileNode(rest, [], sources),
    replays: false,
    resumption: undefined,
  };
}

function compileNode(node: PlanNode, path: readonly string[], sources: DataSources): CompiledNode {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(node, path, sources);
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path.map(String)], sources);
    case 'Sequence':
    case 'Parallel':
      return {
        kind: node.kind,
        nodes: node.nodes.map((child) => compileNode(child, path, sources)),
      };
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ifTrue: node.ifClause && compileNode(node.ifClause, path, sources),
        ifFalse: node.elseClause && compileNode(node.elseClause, path, sources),
      };
    case 'Defer':
      throw new Error('@defer is not planned for, since the planner is not told to.');
  }
}

function compileFetch(
  node: FetchNode,
  path: readonly string[],
  sources: DataSources,
): CompiledFetch {
  const source = sources[node.serviceName];
  if (!source) throw new Error(`There is no data source for the subgraph "${node.serviceName}".`);
  const { inputRewrites = [], outputRewrites = [] } = node;
  return {
    kind: 'Fetch',
    subgraph: node.serviceName,
    source,
    operation: prepareOperation(node.operation, node.operationName),
    variableNames: node.variableUsages ?? [],
    path,
    requires: node.requires,
    inputRewrites,
    outputRewrites: [...outputRewrites, ...interfaceNames(inputRewrites)],
    clientNames: clientNames(outputRewrites),
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
