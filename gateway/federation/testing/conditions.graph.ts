import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { HeldQuestion, Kind } from './kind.js';

const ROADS = [
  { id: 'r1', name: 'Elm', signs: [{ __typename: 'Stop', id: 'x1', height: 2 }] },
  { id: 'r2', name: 'Oak', signs: [{ __typename: 'Arrow', id: 'x2', side: 'L' }] },
];

/** The same question with every combination of the two conditions. */
function eachWay(name: string, selections: string): Record<string, HeldQuestion> {
  const query = `query Q($a: Boolean!, $b: Boolean = true) { ${selections} }`;
  const given = [{ a: true }, { a: false }, { a: true, b: false }, { a: false, b: false }];
  return Object.fromEntries(
    given.map((variables) => [`${name}: ${JSON.stringify(variables)}`, { query, variables }]),
  );
}

/** What is included and skipped by variables, and which fetches are left out for it. */
export const conditions: Kind = {
  name: '@include and @skip',
  subgraphs: () => [roads(), traffic()],
  questions: {
    ...eachWay('fields', 'roads { id @include(if: $a) name @skip(if: $b) cars @include(if: $b) }'),
    ...eachWay('both on one field', 'roads { id name @include(if: $a) @skip(if: $b) }'),
    ...eachWay('root fields', 'roads @include(if: $a) { name } busiest @skip(if: $b) { cars }'),
    ...eachWay('a hop', 'roads { name ... @include(if: $a) { cars jam @skip(if: $b) } }'),
    ...eachWay('a hop twice', 'roads { cars @include(if: $a) ... @skip(if: $b) { cars jam } }'),
    ...eachWay('one in the other', 'roads @include(if: $a) { name signs @include(if: $b) { id } }'),
    ...eachWay(
      'fragments by type',
      'roads { signs { id ... on Stop @include(if: $a) { height } ... on Arrow @skip(if: $b) { side } } }',
    ),
    ...eachWay(
      'a whole operation',
      '... @include(if: $a) { roads { cars } } __typename @skip(if: $b)',
    ),
    ...eachWay('what is required', 'roads { name @include(if: $a) jam @include(if: $b) }'),
    constants:
      '{ roads @include(if: true) { id @skip(if: true) name @skip(if: false) cars @include(if: false) } }',
    'nothing left': '{ roads @skip(if: true) { id } }',
    'nothing left of an object': '{ roads { ... @include(if: false) { id } } }',
    'a named fragment, twice': {
      query: `query Q($a: Boolean!) { roads { ...F @include(if: $a) ...F @skip(if: $a) } }
        fragment F on Road { name cars @skip(if: $a) }`,
      variables: { a: false },
    },
    'a type name under a condition': {
      query:
        'query Q($a: Boolean!) { roads { __typename @include(if: $a) id } __typename @skip(if: $a) }',
      variables: { a: true },
    },
    'introspection under a condition': {
      query:
        'query Q($a: Boolean!) { __type(name: "Road") @include(if: $a) { name } busiest { id } }',
      variables: { a: false },
    },
    'a default decides': 'query Q($a: Boolean = false) { roads { id cars @include(if: $a) } }',
    'a default overridden': {
      query: 'query Q($a: Boolean = false) { roads { id cars @include(if: $a) } }',
      variables: { a: true },
    },
  },
};

const roads = () =>
  subgraph(
    'roads',
    /* GraphQL */ `
      type Query {
        roads: [Road!]!
      }
      type Road @key(fields: "id") {
        id: ID!
        name: String
        signs: [Sign!]
      }
      interface Sign {
        id: ID!
      }
      type Stop implements Sign {
        id: ID!
        height: Int
      }
      type Arrow implements Sign {
        id: ID!
        side: String
      }
    `,
    { Query: { roads: () => ROADS }, Road: entities(ROADS) },
  );

const traffic = () =>
  subgraph(
    'traffic',
    /* GraphQL */ `
      type Query {
        busiest: Road
      }
      type Road @key(fields: "id") {
        id: ID!
        name: String @external
        cars: Int
        jam: String @requires(fields: "name")
      }
    `,
    {
      Query: { busiest: () => ({ id: 'r1' }) },
      Road: {
        __resolveReference: (road: object) => road,
        cars: ({ id }: { id: string }) => (id === 'r1' ? 30 : 0),
        jam: ({ name }: { name: string }) => `${name} is free`,
      },
    },
  );
