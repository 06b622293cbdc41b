import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const HIVES = [
  {
    id: 'h1',
    name: 'Sunny',
    queen: { id: 'q1' },
    bees: [{ id: 'q1' }, { id: 'q2' }],
    frames: [[1], [2]],
  },
  { id: 'h2', name: 'Shady', queen: { id: 'q2' }, bees: [], frames: [[null]] },
];

/** A null where there must be none takes its parent along, up to one that may be null. */
export const nulls: Kind = {
  name: 'null propagation',
  subgraphs: () => [hives(), queens()],
  questions: {
    'a leaf that may be null': '{ hives { queen { nick } } }',
    'a leaf of a hop fells its object': '{ hives { name queen { name } } }',
    'a leaf of a hop fells an element': '{ hives { name bees { name } } }',
    'up to the root': '{ best { queen { name } } }',
    'up to the root, next to others': '{ best { queen { name } } hives { name } }',
    'in a list of non-null elements': '{ strict { name must { name } } }',
    'in a list of lists': '{ hives { frames } }',
    'two nulls, one bubble': '{ hives { queen { name age } } }',
    'nulls on two levels': '{ hives { queen { name court { name } } } }',
    'not what was not asked for': '{ hives { queen { nick court { nick } } } }',
    'under an alias': '{ h: hives { q: queen { n: name } } }',
    'by a fragment': '{ hives { queen { ... on Queen { name } nick } } }',
    'a missing entity that must be there': '{ lost { id queen { name } } }',
    'a list that must be there': '{ hives { queen { daughters { nick } } } }',
    'a type name does not save it': '{ hives { queen { __typename name } __typename } }',
    'a condition saves it': {
      query: 'query Q($no: Boolean!) { hives { queen { nick name @include(if: $no) } } }',
      variables: { no: false },
    },
  },
};

const hives = () =>
  subgraph(
    'hives',
    /* GraphQL */ `
      type Query {
        hives: [Hive]
        strict: [Hive!]
        best: Hive!
        lost: Hive
      }
      type Hive {
        id: ID!
        name: String
        queen: Queen
        must: Queen!
        bees: [Queen!]
        frames: [[Int!]!]
      }
      type Queen @key(fields: "id") {
        id: ID!
      }
    `,
    {
      Query: {
        hives: () => HIVES,
        strict: () => HIVES,
        best: () => HIVES[1],
        lost: () => ({ id: 'h9', queen: { id: 'q9' } }),
      },
      Hive: { must: ({ queen }: { queen: object }) => queen },
    },
  );

const QUEENS = [
  { id: 'q1', nick: 'Bea', court: { id: 'q2' }, daughters: [] },
  { id: 'q2', nick: null, court: null },
];

const queens = () =>
  subgraph(
    'queens',
    /* GraphQL */ `
      type Queen @key(fields: "id") {
        id: ID!
        nick: String
        name: String!
        age: Int!
        court: Queen
        daughters: [Queen!]!
      }
    `,
    {
      Queen: {
        ...entities(QUEENS),
        name: ({ id }: { id: string }) => (id === 'q1' ? 'Beatrix' : null),
        age: ({ id }: { id: string }) => (id === 'q1' ? 3 : null),
      },
    },
  );
