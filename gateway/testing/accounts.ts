import { GraphQLError } from 'graphql';
import { subgraph, type TestContext } from './subgraph.js';

const USERS = [
  { id: '1', name: 'Ada Lovelace', username: '@ada' },
  { id: '2', name: 'Alan Turing', username: '@complete' },
  { id: '3', name: null, username: '@nameless' },
];

const byId = (id: string) => USERS.find((user) => user.id === id) ?? null;

export const accounts = () =>
  subgraph(
    'accounts',
    /* GraphQL */ `
      type Query {
        me: User
        user(id: ID!): User
        users: [User!]!
        whoAmI: String!
      }
      type User @key(fields: "id") {
        id: ID!
        name: String
        username: String!
        secret: String
        coded: String
        strictName: String!
      }
    `,
    {
      Query: {
        me: () => USERS[0],
        user: (_: unknown, { id }: { id: string }) => byId(id),
        users: () => USERS,
        whoAmI: (_: unknown, __: unknown, { identity, requestId }: TestContext) =>
          `${identity.kind} ${requestId}`,
      },
      User: {
        __resolveReference: ({ id }: { id: string }) => byId(id),
        secret: () => {
          throw new Error('password of postgres://root@10.0.0.1 is wrong');
        },
        coded: () => {
          throw new GraphQLError('Ask your administrator', { extensions: { code: 'FORBIDDEN' } });
        },
        strictName: ({ name }: { name: string | null }) => name,
      },
    },
  );
