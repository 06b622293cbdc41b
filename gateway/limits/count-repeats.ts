import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/**
 * How often one field is selected in the same place at most. Validation compares each with each to see whether they
 * can be merged, which takes the square of this. Fragments are written out: the selections must have been limited.
 */
export function mostRepeats({ definitions }: DocumentNode, start: SelectionSetNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  }
  let most = 0;
  const places: SelectionSetNode[][] = [[start]];
  for (let place = places.pop(); place; place = places.pop()) {
    for (const { times, inner } of fieldsIn(place, fragments).values()) {
      most = Math.max(most, times);
      if (inner.length > 0) places.push(inner);
    }
  }
  return most;
}

interface Repeated {
  times: number;
  readonly inner: SelectionSetNode[];
}

/** The fields of selection sets that are merged, by the name they have in the answer. */
function fieldsIn(
  place: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Map<string, Repeated> {
  const fields = new Map<string, Repeated>();
  const sets = [...place];
  for (let set = sets.pop(); set; set = sets.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const field = fields.get(name) ?? { times: 0, inner: [] };
        fields.set(name, field);
        field.times += 1;
        if (selection.selectionSet) field.inner.push(selection.selectionSet);
      } else {
        const named = selection.kind === Kind.FRAGMENT_SPREAD;
        const from = named ? fragments.get(selection.name.value) : selection;
        if (from) sets.push(from.selectionSet);
      }
    }
  }
  return fields;
}
