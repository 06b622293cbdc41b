import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const FINDS = [
  { __typename: 'Coin', id: 'f1', metal: 'gold', from: { name: 'Nero' } },
  { __typename: 'Bone', id: 'f2', animal: 'wolf' },
  { __typename: 'Pot', id: 'f3', liters: 2 },
];

/** Unions whose members differ from subgraph to subgraph. */
export const unions: Kind = {
  name: 'unions',
  subgraphs: () => [digs(), museum()],
  questions: {
    'members of one subgraph': '{ finds { ... on Coin { metal } ... on Bone { animal } } }',
    'only a type name': '{ finds { __typename } }',
    'a member nobody asks for': '{ finds { ... on Pot { liters } } }',
    'a hop from some members': '{ finds { ... on Coin { metal value } ... on Bone { value } } }',
    'a member the subgraph does not have': '{ finds { ... on Map { scale } __typename } }',
    'members of the other subgraph': '{ shown { ... on Coin { value } ... on Map { scale } } }',
    'members of both':
      '{ shown { ... on Coin { metal value } ... on Map { scale } ... on Pot { liters } } }',
    'a shared field': '{ best { __typename ... on Coin { value metal } ... on Map { scale } } }',
    'a shared field, a member of one of them':
      '{ best { ... on Bone { animal } ... on Pot { liters } } }',
    'a union in an object that hops':
      '{ trays { id item { ... on Coin { metal value } ... on Map { scale } } } }',
    'a union in an object that hops, shared':
      '{ trays { label item { __typename ... on Pot { liters } } } }',
    'unions in lists of lists':
      '{ shelves { ... on Coin { value } ... on Bone { animal value } } }',
    'an interface over members': '{ finds { ... on Valued { value } } }',
    'aliases that differ by member':
      '{ finds { ... on Coin { x: metal } ... on Bone { x: animal } } }',
    'fragments within fragments': `{ finds { ...Any } } fragment Any on Find {
      ... on Coin { ...Metal from { name } } ... on Bone { animal } } fragment Metal on Coin { metal }`,
  },
};

const digs = () =>
  subgraph(
    'digs',
    /* GraphQL */ `
      type Query {
        finds: [Find!]!
        best: Find @shareable
        shelves: [[Find]]
      }
      union Find = Coin | Bone | Pot
      type Coin @key(fields: "id") {
        id: ID!
        metal: String
        from: Emperor
      }
      type Emperor {
        name: String
      }
      type Bone @key(fields: "id") {
        id: ID!
        animal: String
      }
      type Pot {
        id: ID! @shareable
        liters: Int @shareable
      }
      type Tray @key(fields: "id") {
        id: ID!
        label: String
      }
    `,
    {
      Query: {
        finds: () => FINDS,
        best: () => FINDS[0],
        shelves: () => [[FINDS[0], null], null, [FINDS[1], FINDS[2]], []],
      },
      Coin: entities(FINDS),
      Bone: entities(FINDS),
      Tray: entities([{ id: 't1', label: 'first' }]),
    },
  );

const VALUES = [
  { id: 'f1', value: 900 },
  { id: 'f2', value: 3 },
];
const COIN = { __typename: 'Coin', ...VALUES[0] };
const MAP = { __typename: 'Map', id: 'm1', scale: 1000 };

const museum = () =>
  subgraph(
    'museum',
    /* GraphQL */ `
      type Query {
        shown: [Find]
        best: Find @shareable
        trays: [Tray!]
      }
      union Find = Coin | Map | Pot
      interface Valued {
        value: Int
      }
      type Coin implements Valued @key(fields: "id") {
        id: ID!
        value: Int
      }
      type Bone implements Valued @key(fields: "id") {
        id: ID!
        value: Int
      }
      type Map {
        id: ID!
        scale: Int
      }
      type Pot {
        id: ID! @shareable
        liters: Int @shareable
      }
      type Tray @key(fields: "id") {
        id: ID!
        item: Find
      }
    `,
    {
      Query: {
        shown: () => [COIN, MAP, FINDS[2], null],
        best: () => COIN,
        trays: () => [
          { id: 't1', item: COIN },
          { id: 't2', item: FINDS[2] },
          { id: 't3', item: MAP },
        ],
      },
      Coin: entities(VALUES),
      Bone: entities(VALUES),
    },
  );
