import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { graphOf, type TestGraph } from './graph.js';
import type { TestContext, TestSubgraph } from './subgraph.js';

const HINTS = `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key", "@composeDirective"]
    )
    @link(url: "https://specs.apollo.dev/cacheControl/v0.1", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: cacheControl__Scope, inheritMaxAge: Boolean) on
    FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum cacheControl__Scope { PUBLIC PRIVATE }`;

/** A graph of two subgraphs whose answers change each time, with hints for how long they may be kept. */
export function cachedGraph(): TestGraph {
  let asked = 0;
  const news = hinted(
    'news',
    /* GraphQL */ `
      type Query {
        headline(topic: Topic): String @cacheControl(maxAge: 60)
        mine: String @cacheControl(maxAge: 60, scope: PRIVATE)
        failing: String @cacheControl(maxAge: 60)
        ticker: Int
        story(id: ID!): Story
      }
      input Topic { name: String, region: String }
      type Mutation { publish: Int @cacheControl(maxAge: 60) }
      type Story @key(fields: "id") @cacheControl(maxAge: 30) { id: ID! title: String }
    `,
    {
      Query: {
        headline: () => `Headline ${++asked}`,
        mine: (_: unknown, __: unknown, { identity }: TestContext) =>
          `${identity.kind === 'user' ? identity.userId : identity.kind} ${++asked}`,
        failing: () => {
          throw new Error('no news');
        },
        ticker: () => ++asked,
        story: (_: unknown, { id }: { id: string }) => ({ id, title: `Story ${++asked}` }),
      },
      Mutation: { publish: () => ++asked },
    },
  );
  const people = hinted(
    'people',
    /* GraphQL */ `
      type Story @key(fields: "id") {
        id: ID!
        author: String
        readers: Int @cacheControl(maxAge: 5)
      }
    `,
    {
      Story: {
        __resolveReference: (reference: object) => reference,
        author: () => 'Ada',
        readers: () => ++asked,
      },
    },
  );
  return graphOf([news, people]);
}

function hinted(name: string, sdl: string, resolvers: object): TestSubgraph {
  const typeDefs = parse(HINTS + sdl);
  return {
    name,
    typeDefs,
    schema: buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
  };
}
