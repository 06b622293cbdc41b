import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Identity } from '@waybill/kernel/identity.js';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import type { SubgraphAnswer } from '../data-sources/data-source.js';

/** The context that every source of the test graph makes. */
export interface TestContext {
  identity: Identity;
  requestId: string;
}

export interface TestSubgraph {
  name: string;
  typeDefs: DocumentNode;
  schema: GraphQLSchema;
  /** Spoils what the subgraph answers; one that throws takes the subgraph down. */
  spoil?: Spoil;
}

export type Spoil = (answer: SubgraphAnswer, query: string) => unknown;

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@requires", "@external", "@shareable", "@provides", "@interfaceObject",
    "@inaccessible", "@override", "@extends", "@tag", "@cost", "@listSize"]
)\n`;

type Resolvers =
  NonNullable<Parameters<typeof buildSubgraphSchema>[0]> extends infer Modules
    ? Modules extends { resolvers?: infer R }
      ? R
      : never
    : never;

export function subgraph(name: string, sdl: string, resolvers: object): TestSubgraph {
  return legacySubgraph(name, LINK + sdl, resolvers);
}

/** A subgraph in the language of Federation 1: without `@link` everything is shareable. */
export function legacySubgraph(name: string, sdl: string, resolvers: object): TestSubgraph {
  const typeDefs = parse(sdl);
  const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as NonNullable<Resolvers> });
  return { name, typeDefs, schema };
}
