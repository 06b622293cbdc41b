import { getIntrospectionQuery } from 'graphql';
import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const full = { inputValueDeprecation: true, specifiedByUrl: true, directiveIsRepeatable: true };

/** Questions about the schema, and type names wherever one can be asked for. */
export const introspection: Kind = {
  name: 'introspection and type names',
  subgraphs: () => [zoo(), diet()],
  questions: {
    everything: getIntrospectionQuery(full),
    'the name of the root': '{ __typename }',
    'the name of the root, renamed twice': '{ a: __typename b: __typename }',
    'the name of another root': 'mutation { __typename t: __typename feed { __typename } }',
    'names on every level':
      '{ __typename animals { __typename food { __typename } home { __typename } } }',
    'names only, through a hop': '{ animals { food { __typename } } }',
    'names under other names': '{ animals { t: __typename food { u: __typename } } }',
    'names in fragments': '{ animals { ... on Lion { __typename } ... on Ape { t: __typename } } }',
    'names of a union': '{ homes { __typename ... on Cage { u: __typename bars } } }',
    'a type': '{ __type(name: "Animal") { kind name possibleTypes { name } interfaces { name } } }',
    'a type that is not there': '{ __type(name: "Unicorn") { name } animals { id } }',
    'a type by a variable': {
      query: 'query Q($name: String!) { __type(name: $name) { name kind } animals { id } }',
      variables: { name: 'Lion' },
    },
    'a type by a default': 'query Q($name: String! = "Ape") { t: __type(name: $name) { name } }',
    'two types':
      '{ a: __type(name: "Lion") { name } b: __type(name: "Ape") { fields { name type { kind ofType { name } } } } }',
    'the schema, next to data':
      '{ animals { id } __schema { queryType { name } mutationType { name } subscriptionType { name } } }',
    'the schema in fragments':
      '{ ...S } fragment S on Query { __schema { ...T } animals { name } } fragment T on __Schema { types { name } }',
    'its own type names':
      '{ __schema { __typename queryType { __typename fields { __typename } } } }',
    'what is deprecated':
      '{ __type(name: "Lion") { fields(includeDeprecated: true) { name isDeprecated deprecationReason } } }',
    'what is not deprecated': '{ __type(name: "Lion") { fields { name } } }',
    'default values':
      '{ __type(name: "Query") { fields { name args { name defaultValue type { name } } } } }',
    directives: '{ __schema { directives { name locations args { name } } } }',
    'nothing of the machinery':
      '{ __type(name: "_Entity") { name } __schema { queryType { fields { name } } } }',
    'under conditions': {
      query:
        'query Q($no: Boolean!) { __schema @include(if: $no) { types { name } } animals { __typename @skip(if: $no) } }',
      variables: { no: false },
    },
    'a condition within': {
      query: 'query Q($no: Boolean!) { __schema { queryType { name @include(if: $no) kind } } }',
      variables: { no: false },
    },
  },
  values: { first: '2' },
};

const ANIMALS = [
  { __typename: 'Lion', id: 'a1', name: 'Leo', home: { __typename: 'Cage', bars: 40 } },
  { __typename: 'Ape', id: 'a2', name: 'Koko', home: null },
];

const zoo = () =>
  subgraph(
    'zoo',
    /* GraphQL */ `
      type Query {
        "All of them"
        animals(first: Int = 5, kind: Kind = WILD): [Animal!]
        homes: [Home]
      }
      type Mutation {
        feed: Food
      }
      enum Kind {
        WILD
        TAME @deprecated(reason: "None are")
      }
      interface Animal {
        id: ID!
        name: String
        home: Home
      }
      """
      A great cat
      """
      type Lion implements Animal @key(fields: "id") {
        id: ID!
        name: String
        home: Home
        mane: Boolean @deprecated(reason: "Look")
      }
      type Ape implements Animal @key(fields: "id") {
        id: ID!
        name: String
        home: Home
      }
      union Home = Cage | Field
      type Cage {
        bars: Int
      }
      type Field {
        area(unit: Unit = { name: "m" }): Float
      }
      input Unit {
        name: String! = "m"
        factor: Float
      }
      type Food @shareable {
        name: String
      }
      scalar Date @specifiedBy(url: "https://example.com/date")
    `,
    {
      Query: {
        animals: (_: unknown, { first }: { first: number }) => ANIMALS.slice(0, first),
        homes: () => [ANIMALS[0]?.home, { __typename: 'Field' }, null],
      },
      Mutation: { feed: () => ({ name: 'hay' }) },
      Lion: entities(ANIMALS),
      Ape: entities(ANIMALS),
    },
  );

const diet = () =>
  subgraph(
    'diet',
    /* GraphQL */ `
      interface Animal {
        id: ID!
        food: Food
      }
      type Lion implements Animal @key(fields: "id") {
        id: ID!
        food: Food
      }
      type Ape implements Animal @key(fields: "id") {
        id: ID!
        food: Food
      }
      type Food @shareable {
        name: String
      }
    `,
    {
      Lion: { ...entities(ANIMALS), food: () => ({ name: 'meat' }) },
      Ape: { ...entities(ANIMALS), food: () => null },
    },
  );
