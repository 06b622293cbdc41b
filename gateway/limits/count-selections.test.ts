import fc from 'fast-check';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
} from 'graphql';
import { expect, it } from 'vitest';
import { mostRepeats } from './count-repeats.js';
import { SelectionCounter } from './count-selections.js';

const FRAGMENTS = 4;

/** A selection set in which fragments below `level` are spread, so that none contains itself. */
function selectionSet(level: number): fc.Arbitrary<string> {
  const { set } = fc.letrec<{ set: string; selection: string }>((tie) => ({
    set: fc
      .array(tie('selection'), { minLength: 1, maxLength: 4 })
      .map((selections) => `{${selections.join(' ')}}`),
    selection: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('a', 'b', 'x:a', 'y:b', '__typename', 'a @skip(if: true)'),
      fc.integer({ min: level + 1, max: FRAGMENTS }).map((i) => `...F${i}`),
      fc
        .tuple(fc.constantFrom('c', 'x:c', '...', '... @include(if: true)'), tie('set'))
        .map(([name, set]) => `${name} ${set}`),
    ),
  }));
  return set;
}

const documents = fc
  .tuple(...Array.from({ length: FRAGMENTS }, (_, level) => selectionSet(level)))
  .map(([operation, ...fragments]) =>
    [
      operation,
      ...fragments.map((set, i) => `fragment F${i + 1} on T ${set}`),
      `fragment F${FRAGMENTS} on T {a}`,
    ].join('\n'),
  );

/** All selections with their fragments written out, at which depth, and in which place of the answer. */
function* writtenOut(
  document: DocumentNode,
  { selectionSet: set }: { selectionSet?: OperationDefinitionNode['selectionSet'] },
  depth = 0,
  place = '',
): Generator<{ node: SelectionNode | FragmentDefinitionNode; depth: number; place: string }> {
  for (const node of set?.selections ?? []) {
    const isField = node.kind === Kind.FIELD;
    const at = isField
      ? { depth: depth + 1, place: `${place}/${(node.alias ?? node.name).value}` }
      : { depth, place };
    yield { node, ...at };
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = document.definitions.find(
        (each): each is FragmentDefinitionNode =>
          each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === node.name.value,
      ) as FragmentDefinitionNode;
      yield* writtenOut(document, fragment, at.depth, at.place);
    } else yield* writtenOut(document, node, at.depth, at.place);
  }
}

it('counts what there is with all fragments written out', () => {
  fc.assert(
    fc.property(documents, (text) => {
      const document = parse(text);
      const operation = document.definitions[0] as OperationDefinitionNode;
      const all = [...writtenOut(document, operation)];
      const fields = all.flatMap((each) =>
        each.node.kind === Kind.FIELD ? [{ ...each, node: each.node }] : [],
      );
      expect(new SelectionCounter(document, 100).count(operation)).toMatchObject({
        selections: all.length,
        depth: Math.max(0, ...fields.map(({ depth }) => depth)),
        aliases: fields.filter(({ node }) => node.alias).length,
        directives: all.flatMap(({ node }) => node.directives ?? []).length,
        ownFields: fields.filter(({ depth }) => depth === 1).length,
      });
      const places = fields.map(({ place }) => place);
      const times = places.map((place) => places.filter((each) => each === place).length);
      expect(mostRepeats(document, operation.selectionSet)).toBe(Math.max(0, ...times));
    }),
  );
});
