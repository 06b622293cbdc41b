import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const POSTS = [
  { __typename: 'Photo', id: 'f1', title: 'Dunes', by: { id: 'u1', nick: 'ann' }, width: 3 },
  { __typename: 'Story', id: 's1', title: 'Once', by: { id: 'u2', nick: 'ben' }, words: 900 },
];

/** What is provided of the members of an interface or a union. */
export const providesAbstract: Kind = {
  name: '@provides on interfaces and unions',
  subgraphs: () => [feed(), posts(), users()],
  questions: {
    'an interface, as provided': '{ feed { id title } }',
    'an interface, one type provided': '{ feed { ... on Photo { title } ... on Story { title } } }',
    'an interface, with what is not provided':
      '{ feed { title ... on Photo { width } ... on Story { words } } }',
    'a union, as provided': '{ pinned { ... on Photo { title } } }',
    'a union, with what is not provided':
      '{ pinned { ... on Photo { title width } ... on Story { title } } }',
    'a union, by its interface': '{ pinned { ... on Post { id title } __typename } }',
    'an object below a fragment':
      '{ pinned { ... on Story { by { nick } } ... on Photo { by { nick } } } }',
    'a path that provides nothing': '{ newest { title ... on Photo { by { nick } } } }',
    'aliases over types':
      '{ feed { t: title ... on Photo { w: width } ... on Story { w: words } } }',
  },
};

const TYPES = /* GraphQL */ `
  interface Post {
    id: ID!
    title: String
  }
`;

const told = { title: ({ title }: { title: string }) => `${title} (feed)` };

const feed = () =>
  subgraph(
    'feed',
    /* GraphQL */ `
      type Query {
        feed: [Post!] @provides(fields: "... on Photo { title } ... on Story { title }")
        pinned: [Pinned] @provides(fields: "... on Photo { title } ... on Story { by { nick } }")
        newest: Post
      }
      union Pinned = Photo | Story
      ${TYPES}
      type Photo implements Post @key(fields: "id") {
        id: ID!
        title: String @external
      }
      type Story implements Post @key(fields: "id") {
        id: ID!
        title: String @external
        by: User @external
      }
      type User @key(fields: "id") {
        id: ID!
        nick: String @external
      }
    `,
    {
      Query: { feed: () => POSTS, pinned: () => [...POSTS, null], newest: () => POSTS[0] },
      Photo: told,
      Story: told,
      User: { nick: ({ nick }: { nick: string }) => `${nick} (feed)` },
    },
  );

const posts = () =>
  subgraph(
    'posts',
    /* GraphQL */ `
      ${TYPES}
      type Photo implements Post @key(fields: "id") {
        id: ID!
        title: String @shareable
        width: Int
        by: User @shareable
      }
      type Story implements Post @key(fields: "id") {
        id: ID!
        title: String @shareable
        words: Int
        by: User @shareable
      }
      type User @key(fields: "id", resolvable: false) {
        id: ID!
      }
    `,
    { Photo: entities(POSTS), Story: entities(POSTS) },
  );

const users = () =>
  subgraph(
    'users',
    /* GraphQL */ `
      type Query {
        users: [User]
      }
      type User @key(fields: "id") {
        id: ID!
        nick: String @shareable
      }
    `,
    {
      User: entities([
        { id: 'u1', nick: 'Ann' },
        { id: 'u2', nick: 'Ben' },
      ]),
    },
  );
