import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { DataObject } from '../execution/data.js';
import { completeGenerally } from './general.js';
import { Projections } from './projections.js';

const schema = buildSchema(/* GraphQL */ `
  scalar Anything
  type Query {
    node: Node
    nodes: [Node!]
    strict: Leaf!
    leaf: Leaf
  }
  interface Node {
    id: ID!
    parent: Node
  }
  type Leaf implements Node {
    id: ID!
    parent: Node
    size: Int
    color: Color
    any: Anything
  }
  type Branch implements Node {
    id: ID!
    parent: Node
    leaves: [[Leaf!]]
  }
  enum Color {
    GREEN
  }
`);

function complete(text: string, data: DataObject, coerced: Record<string, unknown> = {}) {
  const document = parse(text);
  const definition = document.definitions[0] as OperationDefinitionNode;
  const projections = new Projections(schema, document, definition);
  const request = { schema, document, definition, variables: coerced, coerced, data };
  const general = completeGenerally(request);
  const projected = projections.project(data, coerced);
  return { projected, written: projections.write(data, new Set(), coerced), ...general };
}

const leaf = { __typename: 'Leaf', id: '1', size: 3, color: 'GREEN', any: { free: [1] }, more: 1 };

describe('an answer without surprises', () => {
  it.each<[string, string, DataObject, Record<string, unknown>, unknown]>([
    ['what was asked for', '{ leaf { size id } }', { leaf }, {}, { leaf: { size: 3, id: '1' } }],
    [
      'fragments by type',
      '{ nodes { ... on Leaf { color } ... on Branch { leaves { any } } ...F } } fragment F on Node { id }',
      { nodes: [leaf, { __typename: 'Branch', id: '2', leaves: [[leaf], null] }] },
      {},
      {
        nodes: [
          { color: 'GREEN', id: '1' },
          { leaves: [[{ any: { free: [1] } }], null], id: '2' },
        ],
      },
    ],
    [
      'selections merged',
      '{ leaf { parent { id } ... on Node { parent { parent { id } } } } }',
      { leaf: { ...leaf, parent: leaf } },
      {},
      { leaf: { parent: { id: '1', parent: null } } },
    ],
    [
      'conditions that hold',
      'query Q($yes: Boolean) { leaf @include(if: $yes) { id @skip(if: $yes) size } }',
      { leaf },
      { yes: true },
      { leaf: { size: 3 } },
    ],
    [
      'an object that does not say what it is',
      '{ node { id ... on Leaf { size } } }',
      { node: { id: '1' } },
      {},
      { node: { id: '1' } },
    ],
  ])('has %s, all three ways', (_name, text, data, conditions, expected) => {
    const { projected, written, data: general, errors } = complete(text, data, conditions);
    expect(JSON.stringify(projected)).toBe(JSON.stringify(expected));
    expect(written).toBe(JSON.stringify(expected));
    expect(JSON.stringify(general)).toBe(JSON.stringify(expected));
    expect(errors).toEqual([]);
  });
});

describe('an answer with a surprise', () => {
  it.each<[string, string, DataObject, unknown, string]>([
    ['a null element', '{ nodes { id } }', { nodes: [leaf, null] }, { nodes: null }, 'nodes.1'],
    ['a null at the root', '{ strict { id } }', {}, null, 'strict'],
    ['a null id', '{ node { id } }', { node: {} }, { node: null }, 'node.id'],
    [
      'no number',
      '{ leaf { size } }',
      { leaf: { size: 'x' } },
      { leaf: { size: null } },
      'leaf.size',
    ],
    [
      'no enum value',
      '{ leaf { color } }',
      { leaf: { color: 'RED' } },
      { leaf: { color: null } },
      'leaf.color',
    ],
    ['no list', '{ nodes { id } }', { nodes: leaf }, { nodes: null }, 'nodes'],
    ['no object', '{ leaf { id } }', { leaf: 'x' }, { leaf: null }, 'leaf'],
  ])('with %s, is left to the general way', (_name, text, given, expected, path) => {
    const { projected, written, data, errors } = complete(text, given);
    expect([projected, written]).toEqual([undefined, undefined]);
    expect(JSON.stringify(data)).toBe(JSON.stringify(expected));
    expect(errors.map((error) => error.path?.join('.'))).toEqual([path]);
  });

  it('an interface nobody implements is not a type name', () => {
    const { projected, data } = complete('{ node { __typename } leaf { id } }', { node: {}, leaf });
    expect(projected).toBeUndefined();
    expect(data).toEqual({ node: null, leaf: { id: '1' } });
  });

  it('introspection is answered by the schema', () => {
    const text = '{ __type(name: "Color") { ...F } leaf { id } } fragment F on __Type { kind }';
    const { projected, data } = complete(text, { leaf });
    expect(projected).toBeUndefined();
    expect(data).toEqual({ __type: { kind: 'ENUM' }, leaf: { id: '1' } });
  });
});
