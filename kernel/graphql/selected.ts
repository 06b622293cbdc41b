import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** Names of fields by the field they are selected in; documents that run often are the same objects each time. */
const known = new WeakMap<FieldNode, ReadonlySet<string>>();

/**
 * Whether a field is selected directly below the one that is being resolved, in fragments also, so that it can be read with
 * it. One that `@skip` or `@include` leaves out counts as well.
 */
export function isSelected({ fieldNodes, fragments }: GraphQLResolveInfo, name: string): boolean {
  return fieldNodes.some((node) => {
    const names = known.get(node) ?? new Set(namesIn(node.selectionSet, fragments));
    known.set(node, names);
    return names.has(name);
  });
}

function* namesIn(
  selectionSet: SelectionSetNode | undefined,
  fragments: GraphQLResolveInfo['fragments'],
): Generator<string> {
  for (const selection of selectionSet?.selections ?? []) {
    if (selection.kind === 'Field') yield selection.name.value;
    else if (selection.kind === 'InlineFragment') yield* namesIn(selection.selectionSet, fragments);
    else yield* namesIn(fragments[selection.name.value]?.selectionSet, fragments);
  }
}
