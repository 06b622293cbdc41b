import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { buildSchema, Kind, parse, type SelectionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { DataObject } from './data.js';
import { Representation } from './representation.js';
import { Representations } from './representations.js';

const schema = buildSchema(/* GraphQL */ `
  type Query {
    thing: Thing
  }
  interface Thing {
    id: ID
  }
  type Book implements Thing {
    id: ID
  }
  type Film implements Thing {
    id: ID
  }
`);

/** As the planner puts it, written as a selection set. */
function requires(text: string): QueryPlanSelectionNode[] {
  const [definition] = parse(text).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a selection set is needed');
  const convert = (selections: readonly SelectionNode[]): QueryPlanSelectionNode[] =>
    selections.map((each) => {
      if (each.kind === Kind.FRAGMENT_SPREAD) throw new Error('no spreads here');
      const inside = each.selectionSet && convert(each.selectionSet.selections);
      if (each.kind === Kind.FIELD) {
        return { kind: 'Field', name: each.name.value, ...(inside && { selections: inside }) };
      }
      const typeCondition = each.typeCondition?.name.value ?? '';
      return { kind: 'InlineFragment', typeCondition, selections: inside ?? [] };
    });
  return convert(definition.selectionSet.selections);
}

const representation = (text: string, rewrites: FetchDataRewrite[] = []) =>
  new Representation(schema, requires(text), rewrites);

const BOOK = '{ ... on Book { __typename id } }';
const NESTED = '{ ... on Book { __typename id by { name at { town } } tags } }';

describe('a representation', () => {
  it.each<[string, string, DataObject, object | undefined]>([
    ['its key', BOOK, { id: 'a', more: 1 }, { id: 'a' }],
    ['a number for a key', BOOK, { id: 7 }, { id: 7 }],
    ['a null key', BOOK, { id: null }, { id: null }],
    ['letters that are escaped', BOOK, { id: '"\\\n\ud800é' }, { id: '"\\\n\ud800é' }],
    ['no key', BOOK, {}, undefined],
    ['a key of its prototype', '{ ... on Book { __typename constructor } }', {}, undefined],
    [
      'objects in it',
      NESTED,
      { id: 1, by: { name: 'A', at: { town: 'B', more: 1 } }, tags: ['x', null] },
      { id: 1, by: { name: 'A', at: { town: 'B' } }, tags: ['x', null] },
    ],
    [
      'lists of lists of objects',
      NESTED,
      { id: 1, by: [[{ name: 'A', at: null }, null], []], tags: [] },
      { id: 1, by: [[{ name: 'A', at: null }, null], []], tags: [] },
    ],
    [
      'an object that lacks something',
      NESTED,
      { id: 1, by: { name: 'A' }, tags: [] },
      { id: 1, by: null, tags: [] },
    ],
    ['its interface', '{ ... on Thing { __typename id } }', { id: 'a' }, { id: 'a' }],
    ['another type', '{ ... on Film { __typename id } }', { id: 'a' }, undefined],
    [
      'two parts, of which one is there',
      '{ ... on Book { __typename id } ... on Thing { size } }',
      { id: 'a' },
      { id: 'a' },
    ],
    [
      'two parts',
      '{ ... on Book { __typename id by { name } } ... on Thing { by { age } } }',
      { id: 'a', by: { name: 'A', age: 3 } },
      { id: 'a', by: { name: 'A', age: 3 } },
    ],
    ['no type name', '{ ... on Book { id } }', { id: 'a' }, undefined],
    [
      'names of one kind',
      '{ ... on Book { __typename prototype } }',
      { prototype: 1 },
      { prototype: 1 },
    ],
  ])('has %s, as an object and as text', (_, text, fields, expected) => {
    const target = { __typename: 'Book', ...fields };
    const made = representation(text);
    const value = expected && { __typename: 'Book', ...expected };
    expect(made.select(target)).toEqual(value);
    expect(made.write(target)).toBe(value && JSON.stringify(value));
  });

  it('has a key by the name of __proto__ as its own', () => {
    const made = representation('{ ... on Book { __typename __proto__ } }');
    const target = JSON.parse('{"__typename":"Book","__proto__":"a"}');
    expect(made.write(target)).toBe('{"__typename":"Book","__proto__":"a"}');
    expect(JSON.stringify(made.select(target))).toBe('{"__typename":"Book","__proto__":"a"}');
    expect(made.write({ __typename: 'Book' })).toBeUndefined();
  });

  it('may be rewritten', () => {
    const rewrite = { kind: 'ValueSetter', path: ['__typename'], setValueTo: 'Media' } as const;
    const made = representation(BOOK, [{ ...rewrite, path: [...rewrite.path] }]);
    expect(made.write({ __typename: 'Book', id: 'a' })).toBe('{"__typename":"Media","id":"a"}');
  });

  it('is left out for an object that does not say what it is', () => {
    expect(representation(BOOK).write({ id: 'a' })).toBeUndefined();
    expect(representation(BOOK).write({ __typename: 3, id: 'a' })).toBeUndefined();
  });
});

describe('what is asked about many targets', () => {
  const asked = (text: string, targets: DataObject[]) => {
    const made = new Representations(representation(text), targets);
    expect(JSON.stringify(made.values)).toBe(made.text);
    return {
      values: made.values,
      groups: made.groups.map((group) => group.map((each) => targets.indexOf(each))),
    };
  };
  const book = (id: unknown, more: DataObject = {}) => ({ __typename: 'Book', id, ...more });

  it('is asked once', () => {
    const { values, groups } = asked(BOOK, [book('a', { n: 1 }), book('b'), book('a', { n: 2 })]);
    expect(values).toEqual([book('a'), book('b')]);
    expect(groups).toEqual([[0, 2], [1]]);
  });

  it('is not one for a key of the same look', () => {
    expect(asked(BOOK, [book('1'), book(1), book('1'), book(null), book(1)]).groups).toEqual([
      [0, 2],
      [1, 4],
      [3],
    ]);
  });

  it('is told apart by all that is sent', () => {
    const text = '{ ... on Book { __typename id price } }';
    const targets = [1, 2, 1, 3, 2, 3].map((price) => book('a', { price }));
    expect(asked(text, targets).groups).toEqual([
      [0, 2],
      [1, 4],
      [3, 5],
    ]);
  });

  it('is told apart by its type', () => {
    const text = '{ ... on Book { __typename id } ... on Film { __typename id } }';
    const film = { __typename: 'Film', id: 'a' };
    expect(asked(text, [book('a'), film, book('a'), { ...film }, {}]).groups).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it('is one for objects that are alike', () => {
    const text = '{ ... on Book { __typename id by { name } } }';
    const targets = ['A', 'B', 'A'].map((name) => book('a', { by: { name } }));
    expect(asked(text, targets).groups).toEqual([[0, 2], [1]]);
  });

  it('may be dates, for subgraphs in this process', () => {
    const at = new Date(0);
    const made = new Representations(representation('{ ... on Book { __typename at } }'), [
      { __typename: 'Book', at },
      { __typename: 'Book', at: new Date(0) },
    ]);
    expect(made.text).toBe('[{"__typename":"Book","at":"1970-01-01T00:00:00.000Z"}]');
    expect(made.values[0]?.at).toBe(at);
    expect(made.count).toBe(1);
  });
});
