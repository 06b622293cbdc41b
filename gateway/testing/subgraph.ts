import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Identity } from '@waybill/kernel/identity.js';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';

/** The context that every source of the test graph makes. */
export interface TestContext {
  identity: Identity;
  requestId: string;
}

export interface TestSubgraph {
  name: string;
  typeDefs: DocumentNode;
  schema: GraphQLSchema;
}

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@requires", "@external", "@shareable", "@provides", "@interfaceObject", "@inaccessible"]
)\n`;

type Resolvers =
  NonNullable<Parameters<typeof buildSubgraphSchema>[0]> extends infer Modules
    ? Modules extends { resolvers?: infer R }
      ? R
      : never
    : never;

export function subgraph(name: string, sdl: string, resolvers: object): TestSubgraph {
  const typeDefs = parse(LINK + sdl);
  const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as NonNullable<Resolvers> });
  return { name, typeDefs, schema };
}
