import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { CompiledFetch } from '../planning/compiled-plan.js';
import { type DataObject, isDataObject, mergeInto, own, setOwn } from './data.js';
import { applyRewrites } from './rewrites.js';
import { isOfType } from './type-conditions.js';

/** What is asked of `_entities`, each entity once, and which targets wait for each answer. */
export interface Representations {
  readonly values: DataObject[];
  /** For each value the indices of the targets that it stands for. */
  readonly targets: number[][];
}

/** Collects the representations of the targets; those that lack a required field are left out. */
export function representationsOf(
  fetch: CompiledFetch,
  targets: readonly DataObject[],
  schema: GraphQLSchema,
): Representations {
  const values: DataObject[] = [];
  const waiting: number[][] = [];
  const indices = new Map<string, number>();
  targets.forEach((target, position) => {
    const value = select(schema, target, fetch.requires ?? []);
    if (!isDataObject(value) || !own(value, '__typename')) return;
    applyRewrites(schema, fetch.inputRewrites, value);
    const key = JSON.stringify(value);
    const known = indices.get(key);
    if (known !== undefined) {
      waiting[known]?.push(position);
      return;
    }
    indices.set(key, values.length);
    values.push(value);
    waiting.push([position]);
  });
  return { values, targets: waiting };
}

/** The selected part of `source`; null when a field is absent, for then fetching it has failed before. */
function select(
  schema: GraphQLSchema,
  source: unknown,
  selections: readonly QueryPlanSelectionNode[],
): unknown {
  if (Array.isArray(source)) return source.map((element) => select(schema, element, selections));
  if (!isDataObject(source)) return source;
  const result: DataObject = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name;
      const value = own(source, name);
      if (value === undefined) return null;
      setOwn(
        result,
        name,
        selection.selections ? select(schema, value, selection.selections) : value,
      );
    } else if (
      selection.typeCondition &&
      isOfType(schema, source, selection.typeCondition, false)
    ) {
      const part = select(schema, source, selection.selections);
      if (isDataObject(part)) mergeInto(result, part);
    }
  }
  return result;
}
