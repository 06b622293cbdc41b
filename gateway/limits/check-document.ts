import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  NoFragmentCyclesRule,
  type OperationDefinitionNode,
  validate,
} from 'graphql';
import type { OperationCosts } from '../cost/operation-cost.js';
import type { Variables } from '../operation.js';
import { mostRepeats } from './count-repeats.js';
import { type Counts, FragmentCycle, SelectionCounter, TooNested } from './count-selections.js';
import type { LimitName, Limits } from './default-limits.js';
import { overLimit } from './limits.js';

type Executable = OperationDefinitionNode | FragmentDefinitionNode;

/** What a document is held against. */
export interface Checked {
  readonly apiSchema: GraphQLSchema;
  readonly costs: OperationCosts;
}

/**
 * The limits that a parsed document is over, before anything else looks at it: each of its operations, and each
 * fragment that none of them spreads, because validation goes over them all. What validation itself would say is said
 * here for nothing but a fragment that contains itself, which cannot be counted.
 */
export function checkDocument(
  { apiSchema, costs }: Checked,
  document: DocumentNode,
  variables: Variables,
  limits: Limits,
): readonly GraphQLError[] {
  try {
    const over = checkSelections(document, limits);
    if (over.length > 0) return over;
  } catch (error) {
    if (error instanceof TooNested) return [overLimit(limits, 'maxNesting')];
    if (error instanceof FragmentCycle)
      return validate(apiSchema, document, [NoFragmentCyclesRule]);
    throw error;
  }
  const operations = document.definitions.filter(isOperation);
  const most = Math.max(
    0,
    ...operations.map((each) => costs.of(document, each).costWith(variables)),
  );
  return most > limits.maxCost ? [overLimit(limits, 'maxCost', most)] : [];
}

function checkSelections(document: DocumentNode, limits: Limits): readonly GraphQLError[] {
  const counter = new SelectionCounter(document, limits.maxNesting);
  const actual = new Map<LimitName, number>();
  const noteMost = (name: LimitName, count: number) =>
    actual.set(name, Math.max(count, actual.get(name) ?? 0));
  const starts: Executable[] = [];
  let selections = 0;
  const start = (definition: Executable) => {
    const counts = counter.count(definition);
    starts.push(definition);
    selections += counts.selections;
    for (const [name, count] of limited(counts, definition)) noteMost(name, count);
  };
  document.definitions.filter(isOperation).forEach(start);
  for (const each of document.definitions.filter(isFragment)) if (!counter.has(each)) start(each);
  actual.set('maxSelections', selections);
  if (selections <= limits.maxSelections) {
    for (const { selectionSet } of starts)
      noteMost('maxRepeats', mostRepeats(document, selectionSet));
  }
  return [...actual]
    .filter(([name, count]) => count > limits[name])
    .map(([name, count]) => overLimit(limits, name, count));
}

function limited(counts: Counts, { kind }: Executable): Array<[LimitName, number]> {
  return [
    ['maxNesting', counts.nesting],
    ['maxDepth', counts.depth],
    ['maxAliases', counts.aliases],
    ['maxDirectives', counts.directives],
    ['maxRootFields', kind === Kind.OPERATION_DEFINITION ? counts.ownFields : 0],
  ];
}

const isOperation = (node: DefinitionNode): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION;

const isFragment = (node: DefinitionNode): node is FragmentDefinitionNode =>
  node.kind === Kind.FRAGMENT_DEFINITION;
