import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const leaf = (id: string) => ({ __typename: 'Leaf', id });
const branch = (id: string, ...parts: object[]) => ({ __typename: 'Branch', id, parts });
const NODES = [
  branch('n1', leaf('n2'), branch('n3', leaf('n4'))),
  leaf('n2'),
  { __typename: 'Stone', weight: 4 },
];

/** Abstract types in lists of lists, and within each other. */
export const abstractLists: Kind = {
  name: 'abstract types in lists',
  subgraphs: () => [trees(), notes()],
  questions: {
    'a list': '{ all { __typename } }',
    'a list of lists':
      '{ rows { __typename ... on Leaf { id note } ... on Branch { note id } ... on Stone { weight } } }',
    'a list in a list':
      '{ all { ... on Branch { id parts { id ... on Branch { parts { note } } } } } }',
    'hops on every level':
      '{ all { ... on Node { id note parts { note ... on Branch { id parts { note id } } } } } }',
    'one type hops, the other does not': '{ all { ... on Leaf { note } ... on Branch { id } } }',
    'from a hop to an abstract list':
      '{ all { ... on Leaf { near { __typename ... on Node { id } ... on Stone { weight } } } } }',
    'from a hop to an abstract list and on':
      '{ all { ... on Leaf { near { ... on Branch { parts { note } } ... on Leaf { near { __typename } } } } } }',
    'an interface in a union': '{ all { ... on Noted { note } } }',
    'a fragment for every level': `{ all { ...Any } } fragment Any on Thing { __typename ...N ...S }
      fragment N on Node { id note parts { ...M } } fragment M on Node { id ... on Leaf { note } }
      fragment S on Stone { weight }`,
    'the same alias for everything':
      '{ all { ... on Leaf { x: id y: note } ... on Branch { x: id y: note } ... on Stone { z: weight } } }',
    'a union member behind two fragments':
      '{ all { ... on Node { ... on Noted { ... on Leaf { id note } } } } }',
  },
};

const trees = () =>
  subgraph(
    'trees',
    /* GraphQL */ `
      type Query {
        all: [Thing!]!
        rows: [[Thing]!]
      }
      union Thing = Leaf | Branch | Stone
      interface Node {
        id: ID!
        parts: [Node]
      }
      type Leaf implements Node @key(fields: "id") {
        id: ID!
        parts: [Node]
      }
      type Branch implements Node @key(fields: "id") {
        id: ID!
        parts: [Node]
      }
      type Stone @shareable {
        weight: Int
      }
    `,
    {
      Query: { all: () => NODES, rows: () => [NODES, [], [null, NODES[1], NODES[0]]] },
      Leaf: entities([leaf('n2'), leaf('n4')]),
      Branch: entities([NODES[0] ?? {}]),
    },
  );

const notes = () =>
  subgraph(
    'notes',
    /* GraphQL */ `
      interface Noted {
        note: String
      }
      interface Node {
        id: ID!
        note: String
      }
      union Thing = Leaf | Branch | Stone
      type Leaf implements Node & Noted @key(fields: "id") {
        id: ID!
        note: String
        near: [[Thing]]
      }
      type Branch implements Node & Noted @key(fields: "id") {
        id: ID!
        note: String
      }
      type Stone @shareable {
        weight: Int
      }
    `,
    {
      Leaf: {
        __resolveReference: (node: object) => node,
        note: ({ id }: { id: string }) => `leaf ${id}`,
        near: () => [[{ __typename: 'Branch', id: 'n1' }, NODES[2]], null, [leaf('n4'), null]],
      },
      Branch: {
        __resolveReference: (node: object) => node,
        note: ({ id }: { id: string }) => `branch ${id}`,
      },
    },
  );
