import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const FIRMS = [
  { id: 'f1', city: 'Ulm', owner: 'u1' },
  { id: 'f2', city: 'Ulm', owner: 'u2' },
];
const USERS = [
  { id: 'u1', name: 'Ada', firm: 'f1', boss: 'u3', tags: ['a', 'b'], pets: [{ kind: 'cat' }] },
  { id: 'u2', name: 'Bob', firm: 'f1', boss: 'u3', tags: ['a', 'b'], pets: [{ kind: 'cat' }] },
  { id: 'u3', name: 'Cyd', firm: 'f2', boss: null, tags: [], pets: [{ kind: 'dog' }, null] },
  { id: 'u4', name: 'Dan', firm: null, boss: 'u1', tags: null, pets: [] },
];
const POSTS = Array.from({ length: 100 }, (_, i) => ({
  id: `p${i}`,
  author: { __typename: 'User', id: `u${(i % 5) + 1}` },
  // Nobody knows u5.
  readers: [1, 2, 3].map((n) => ({ __typename: 'User', id: `u${((i + n) % 4) + 1}` })),
  about: i % 3 === 0 ? { __typename: 'Firm', id: 'f1' } : { __typename: 'User', id: 'u2' },
}));

/** Few entities that an answer has in many places, with the same selections and with others. */
export const repeatedEntities: Kind = {
  name: 'entities that repeat',
  subgraphs: () => [posts(), users(), firms()],
  questions: {
    'in a list': '{ posts(first: 100) { id author { id name } } }',
    'in lists of a list': '{ posts(first: 100) { readers { name tags pets { kind } } } }',
    'through a second hop':
      '{ posts(first: 100) { author { name firm { city owner { name } } } } }',
    'at several places': `{ posts(first: 100) { author { name boss { name firm { city } } }
      readers { firm { city } boss { name } } about { ... on User { name } ... on Firm { city } } } }`,
    'under aliases, with other fields': `{ a: posts(first: 9) { w: author { name } v: author { id firm { city } } }
      b: posts(first: 7) { author { pets { kind } } readers { id card } } }`,
    'that come with a field already': '{ posts(first: 70) { author { nick name card } } }',
    'with what is required':
      '{ posts(first: 100) { author { card } readers { card firm { size } } } }',
    'that fail, all of one': '{ posts(first: 11) { author { broken name } } }',
    'that fail at several places':
      '{ posts(first: 6) { author { broken } readers { b: broken boss { broken } } } }',
    'that fell what is around them':
      '{ posts(first: 6) { id author { strict } readers { strict } } }',
    'in circles':
      '{ posts(first: 8) { author { firm { owner { firm { owner { name card } } } } } } }',
    'whose objects are alike':
      '{ posts(first: 100) { author { pets { kind } tags mood { word } } } }',
    'with conditions': {
      query: `query Q($yes: Boolean!) { posts(first: 70) { author { name @include(if: $yes) firm @skip(if: $yes) { city } }
        readers { name @skip(if: $yes) card @include(if: $yes) } } }`,
      variables: { yes: true },
    },
  },
  values: { first: '80', few: '4' },
  // Stock miscounts where an error is when other objects stand between those that were asked for.
  withoutAtRandom: ['broken'],
};

const posts = () =>
  subgraph(
    'posts',
    /* GraphQL */ `
      type Query {
        posts(first: Int!): [Post!]!
        some(few: Int!): [Post!]!
      }
      type Post {
        id: ID!
        author: User @provides(fields: "nick")
        readers: [User!]!
        about: About
      }
      union About = User | Firm
      type User @key(fields: "id") {
        id: ID!
        nick: String @external
      }
      type Firm @key(fields: "id", resolvable: false) {
        id: ID!
      }
    `,
    {
      Query: {
        posts: (_: unknown, { first }: { first: number }) => POSTS.slice(0, first),
        some: (_: unknown, { few }: { few: number }) => POSTS.slice(0, few),
      },
      User: {
        __resolveReference: (user: object) => user,
        nick: ({ id }: { id: string }) => `nick of ${id}`,
      },
    },
  );

const users = () =>
  subgraph(
    'users',
    /* GraphQL */ `
      type User @key(fields: "id") {
        id: ID!
        name: String
        nick: String @shareable
        firm: Firm
        boss: User
        tags: [String!]
        pets: [Pet]
        mood: Mood
        broken: String
        strict: String!
      }
      type Pet {
        kind: String
      }
      type Mood {
        word: String
      }
      type Firm @key(fields: "id") {
        id: ID!
        owner: User
      }
    `,
    {
      User: {
        ...entities(USERS),
        nick: ({ id }: { id: string }) => `nick of ${id}`,
        firm: ({ firm }: { firm: string | null }) => firm && { id: firm },
        boss: ({ boss }: { boss: string | null }) => USERS.find(({ id }) => id === boss),
        mood: ({ id }: { id: string }) => ({ word: id < 'u3' ? 'merry' : id }),
        broken: ({ id }: { id: string }) => (id === 'u2' ? 'fine' : new Error(`${id} is broken`)),
        strict: ({ id }: { id: string }) => (id === 'u4' ? null : id),
      },
      Firm: {
        __resolveReference: (firm: object) => firm,
        owner: ({ id }: { id: string }) => {
          const owner = FIRMS.find((firm) => firm.id === id)?.owner;
          return USERS.find((user) => user.id === owner);
        },
      },
    },
  );

interface Sent {
  id: string;
  name?: string;
  boss?: { name: string } | null;
}

const firms = () =>
  subgraph(
    'firms',
    /* GraphQL */ `
      type User @key(fields: "id") {
        id: ID!
        name: String @external
        boss: User @external
        card: String @requires(fields: "name boss { name }")
      }
      type Firm @key(fields: "id") {
        id: ID!
        city: String
        size: Int
      }
    `,
    {
      User: {
        __resolveReference: (user: object) => user,
        card: ({ name, boss }: Sent) => `${name} of ${boss?.name}`,
      },
      Firm: { ...entities(FIRMS), size: ({ id }: { id: string }) => id.length },
    },
  );
