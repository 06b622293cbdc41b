import { EventEmitter, on } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { composeSubgraphs } from '../supergraph.js';
import { type Asked, serveSchema } from './serve-schema.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])`;

/** Other people's subgraphs, in a few lines: people, and what they write. */
export async function servedForeignGraph() {
  const posted = new EventEmitter();
  const people = await served('people', PEOPLE, {
    Query: { myToken: (_root, _none, asked) => (asked as Asked).headers.authorization },
    Person: { __resolveReference: ({ id }: { id: string }) => ({ id, name: NAMES[id] }) },
  });
  const posts = await served('posts', POSTS, {
    Query: {
      posts: () => TITLES.map(post),
      slow: async () => {
        await delay(SLOW_MS);
        return 'done';
      },
      fails: () => {
        throw new Error('the cause');
      },
    },
    Subscription: {
      posted: {
        subscribe: async function* () {
          const events = on(posted, 'title');
          yield { posted: post('Welcome') };
          for await (const [title] of events) yield { posted: post(title) };
        },
      },
    },
  });
  const subgraphs = [people, posts];
  return {
    subgraphs,
    supergraph: composeSubgraphs(subgraphs),
    /** Tells subscribers of another post. */
    post: (title: string) => posted.emit('title', title),
    close: async () => {
      await Promise.all(subgraphs.map(({ close }) => close()));
    },
  };
}

const SLOW_MS = 700;

const PEOPLE = `${LINK}
  type Query { myToken: String }
  type Person @key(fields: "id") { id: ID! name: String }`;

const POSTS = `${LINK}
  type Query { posts: [Post!]! slow: String fails: String }
  type Subscription { posted: Post! }
  type Post { title: String! author: Person! }
  type Person @key(fields: "id", resolvable: false) { id: ID! }`;

const NAMES: Readonly<Record<string, string>> = { 1: 'Ada', 2: 'Grace' };
const TITLES = ['Notes', 'Compilers'];

function post(title: string, index = 0) {
  return { title, author: { __typename: 'Person', id: String(index + 1) } };
}

type Resolvers = Extract<
  Parameters<typeof buildSubgraphSchema>[0],
  { resolvers?: unknown }
>['resolvers'];

async function served(name: string, sdl: string, resolvers: Resolvers) {
  const typeDefs = parse(sdl);
  const server = await serveSchema(
    buildSubgraphSchema({ typeDefs, ...(resolvers && { resolvers }) }),
  );
  return { name, typeDefs, ...server };
}
