import { GraphQLError, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { DataSource } from './data-sources/data-source.js';
import { federatedGraph } from './federated-graph.js';
import type { Graph } from './graph.js';
import { DEFAULT_LIMITS, type LimitOptions } from './limits/default-limits.js';
import { limitsOf } from './limits/limits.js';
import { readOperation, requireLimits } from './read-operation.js';
import { loadSupergraph, type SupergraphSource } from './supergraph.js';

/** What is wrong with an operation; codes are those that clients would get. */
export interface OperationProblem {
  readonly code: string;
  readonly message: string;
}

export interface OperationReport {
  /** Undefined, like kind and cost, where that cannot be told. */
  readonly name: string | undefined;
  readonly kind: OperationDefinitionNode['operation'] | undefined;
  /** What it costs when variables have their defaults. */
  readonly cost: number | undefined;
  /** None where it can be run. */
  readonly problems: readonly OperationProblem[];
}

export type CheckOperation = (text: string, limits?: LimitOptions) => OperationReport;

/**
 * Holds operations that are to be registered against a supergraph, without a gateway: each has to be one operation with
 * a name, within the limits, valid, and such that it can be planned. Throws a SupergraphError.
 */
export function operationChecker(source: SupergraphSource): CheckOperation {
  const supergraph = loadSupergraph(source);
  const sources = supergraph.subgraphs.map(({ name }) => [name, NEVER_ASKED] as const);
  const graph = federatedGraph(supergraph, Object.fromEntries(sources), {});
  return (text, limits = {}) => check(graph, text, limits);
}

function check(graph: Graph, text: string, given: LimitOptions): OperationReport {
  const rules = { limits: limitsOf(given) ?? DEFAULT_LIMITS, introspection: false };
  const withoutCost = { ...rules, limits: { ...rules.limits, maxCost: Number.POSITIVE_INFINITY } };
  let known: Pick<OperationReport, 'name' | 'kind' | 'cost'> = NOTHING_KNOWN;
  try {
    requireLimits(graph, withoutCost, text, {});
    const { name, operation: kind } = onlyOperation(text);
    known = { ...NOTHING_KNOWN, name: name?.value, kind };
    known = { ...known, cost: readOperation(graph, rules, text, name?.value).cost };
    requireLimits(graph, rules, text, {});
    return { ...known, problems: [] };
  } catch (error) {
    return { ...known, problems: problemsOf(error) };
  }
}

const NOTHING_KNOWN = { name: undefined, kind: undefined, cost: undefined };

/** A registered operation is known by its id alone, so that there must be no choice. */
function onlyOperation(text: string): OperationDefinitionNode {
  const operations = parse(text).definitions.filter(
    (each) => each.kind === Kind.OPERATION_DEFINITION,
  );
  const [only] = operations;
  if (only?.name && operations.length === 1) return only;
  const message = 'It must be one operation, and have a name.';
  throw new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}

function problemsOf(error: unknown): OperationProblem[] {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.map((each) => {
    const { message } = each as Error;
    const code = each instanceof GraphQLError ? each.extensions.code : undefined;
    return { code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR', message };
  });
}

const NEVER_ASKED: DataSource = {
  execute: () => Promise.reject(new Error('nothing is run')),
  subscribe: () => Promise.reject(new Error('nothing is run')),
  ready: async () => {},
  close: async () => {},
};
