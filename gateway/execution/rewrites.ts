import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type DataObject, isDataObject, own, setOwn } from './data.js';
import { isOfType } from './type-conditions.js';

/** Takes a type's name out of an object. */
export interface NameDropper {
  readonly kind: 'NameDropper';
  readonly path: readonly string[];
  readonly name: unknown;
}

export type Rewrite = FetchDataRewrite | NameDropper;

const FRAGMENT = '... on ';

/**
 * Applies the planner's rewrites to what a fetch sends or brings: a type name to be sent in place of
 * another (interface objects), an alias the planner chose to be undone.
 */
export function applyRewrites(
  schema: GraphQLSchema,
  rewrites: readonly Rewrite[],
  data: unknown,
): void {
  for (const rewrite of rewrites) applyAt(schema, rewrite, data, 0);
}

function applyAt(schema: GraphQLSchema, rewrite: Rewrite, data: unknown, depth: number): void {
  if (Array.isArray(data)) {
    for (const element of data) applyAt(schema, rewrite, element, depth);
    return;
  }
  const step = rewrite.path[depth];
  if (!isDataObject(data) || step === undefined) return;
  if (depth === rewrite.path.length - 1) rewriteKey(rewrite, data, step);
  else if (!step.startsWith(FRAGMENT)) applyAt(schema, rewrite, own(data, step), depth + 1);
  else if (isOfType(schema, data, step.slice(FRAGMENT.length), true)) {
    applyAt(schema, rewrite, data, depth + 1);
  }
}

function rewriteKey(rewrite: Rewrite, data: DataObject, key: string): void {
  if (rewrite.kind === 'ValueSetter') {
    setOwn(data, key, rewrite.setValueTo);
    return;
  }
  const value = own(data, key);
  if (rewrite.kind === 'NameDropper') {
    if (value === rewrite.name) delete data[key];
    return;
  }
  if (value === undefined) return;
  setOwn(data, rewrite.renameKeyTo, value);
  delete data[key];
}
