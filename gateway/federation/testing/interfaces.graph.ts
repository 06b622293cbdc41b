import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const SHIPS = [
  { __typename: 'Ferry', id: 's1', name: 'Ida', cars: 80, port: { code: 'HEL' } },
  { __typename: 'Tug', id: 's2', name: 'Max', power: 900, tows: { __typename: 'Ferry', id: 's1' } },
  { __typename: 'Raft', name: 'Log' },
];
const DECKS = [
  { id: 's1', length: 120, crew: [{ __typename: 'Captain', name: 'Eva', rank: 1 }] },
  { id: 's2', length: 30, crew: [{ __typename: 'Cook', name: 'Jim', dish: 'Stew' }, null] },
];

/** Interfaces of entities and of plain objects, some of which implement others. */
export const interfaces: Kind = {
  name: 'interfaces',
  subgraphs: () => [harbour(), decks()],
  questions: {
    'a field of the interface': '{ ships { name } }',
    'a field of the members': '{ ships { name ... on Ferry { cars } ... on Tug { power } } }',
    'a field that a hop brings, by fragments':
      '{ ships { ... on Ferry { length } ... on Tug { length } } }',
    'a field that a hop brings, by another interface': '{ ships { name ... on Hull { length } } }',
    'an interface that implements another':
      '{ vessels { id name ... on Floating { name } ... on Tug { power } } }',
    'a hop from the interface itself': '{ vessels { id length } }',
    'an interface in an interface':
      '{ vessels { ... on Tug { tows { id length ... on Ferry { cars } } } } }',
    'the type names':
      '{ ships { __typename } vessels { __typename t: __typename ... on Tug { __typename } } }',
    'an interface only one subgraph has':
      '{ vessels { crew { name ... on Captain { rank } ... on Cook { dish } } } }',
    'a fragment on an interface around one on a member': `{ ships { ... on Vessel { id
      ... on Ferry { length port { code } } ... on Tug { length } } } }`,
    'a fragment that never applies': '{ vessels { id ... on Floating { ... on Raft { name } } } }',
    'aliases that differ by type': `{ ships { ... on Ferry { size: cars } ... on Tug { size: power }
      ... on Raft { label: name } } }`,
    'the same alias for hops':
      '{ ships { ... on Ferry { x: length } ... on Tug { x: length y: name } } }',
    'a single one': '{ vessel(id: "s2") { name length ... on Tug { power } crew { __typename } } }',
    'a missing one': '{ vessel(id: "s9") { name length } }',
  },
  values: { id: '"s1"' },
};

const harbour = () =>
  subgraph(
    'harbour',
    /* GraphQL */ `
      type Query {
        ships: [Floating!]!
        vessels: [Vessel]
        vessel(id: ID!): Vessel
      }
      interface Floating {
        name: String
      }
      interface Vessel implements Floating {
        id: ID!
        name: String
      }
      type Ferry implements Vessel & Floating @key(fields: "id") {
        id: ID!
        name: String
        cars: Int
        port: Port
      }
      type Tug implements Vessel & Floating @key(fields: "id") {
        id: ID!
        name: String
        power: Int
        tows: Vessel
      }
      type Raft implements Floating {
        name: String
      }
      type Port {
        code: ID
      }
    `,
    {
      Query: {
        ships: () => SHIPS,
        vessels: () => SHIPS.slice(0, 2),
        vessel: (_: unknown, { id }: { id: string }) => SHIPS.find((ship) => ship.id === id),
      },
      Ferry: entities(SHIPS),
      Tug: { ...entities(SHIPS), tows: () => SHIPS[0] },
    },
  );

const decks = () =>
  subgraph(
    'decks',
    /* GraphQL */ `
      interface Hull {
        length: Int
      }
      interface Vessel implements Hull {
        id: ID!
        length: Int
        crew: [Sailor]
      }
      type Ferry implements Vessel & Hull @key(fields: "id") {
        id: ID!
        length: Int
        crew: [Sailor]
      }
      type Tug implements Vessel & Hull @key(fields: "id") {
        id: ID!
        length: Int
        crew: [Sailor]
      }
      interface Sailor {
        name: String!
      }
      type Captain implements Sailor {
        name: String!
        rank: Int
      }
      type Cook implements Sailor {
        name: String!
        dish: String
      }
    `,
    { Ferry: entities(DECKS), Tug: entities(DECKS) },
  );
