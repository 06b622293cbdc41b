import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type GraphQLSchema, isScalarType, parse } from 'graphql';
import { type BuildSchemaOptions, buildSchema, createResolversMap } from 'type-graphql';
import {
  ACCESS_DIRECTIVE,
  declaredAccess,
  enforceAccess,
  guardedReference,
} from './graphql/access.js';
import { leanResolvers } from './graphql/lean-resolvers.js';
import { refusingScalar } from './graphql/refusing-scalar.js';

const FEDERATION = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag", "@override", "@interfaceObject", "@listSize"]
)`;

/** For a schema with `@cacheControl`: says what it means, and hands it on to the supergraph. */
const CACHE_HINTS = `extend schema
  @link(url: "https://specs.apollo.dev/cacheControl/v0.1", import: ["@cacheControl"])
  @federation__composeDirective(name: "@cacheControl")

"Who may be given an answer again."
enum cacheControl__Scope {
  "Everybody."
  PUBLIC
  "Whoever it was for, and nobody else."
  PRIVATE
}

"For how many seconds caches may keep an answer with this in it; not at all where nothing says so."
directive @cacheControl(maxAge: Int, scope: cacheControl__Scope, inheritMaxAge: Boolean) on
  FIELD_DEFINITION | OBJECT | INTERFACE | UNION
`;

/** type-graphql asks for topics before it allows subscriptions; ours bring their own `subscribe`. */
const NO_TOPICS: NonNullable<BuildSchemaOptions['pubSub']> = {
  publish: () => {},
  subscribe: (topic) => {
    throw new Error(`The subscription to ${topic} has no \`subscribe\` of its own`);
  },
};

/** Loads one entity by its key fields, or answers null where the caller may not see it. */
export type ReferenceResolver<Context> = (
  reference: Record<string, unknown>,
  context: Context,
) => unknown;

/**
 * Turns type-graphql classes into a Federation 2 subgraph schema.
 * type-graphql emits the SDL and the resolvers; @apollo/subgraph adds `_entities` and `_service`.
 */
export async function buildFederatedSchema<Context>(
  options: Omit<BuildSchemaOptions, 'skipCheck'>,
  references: Record<string, ReferenceResolver<Context>>,
): Promise<GraphQLSchema> {
  const plain = await buildSchema({ pubSub: NO_TOPICS, ...options, skipCheck: true });
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [name, type] of Object.entries(resolvers)) {
    if (isScalarType(type)) resolvers[name] = refusingScalar(type) as never;
  }
  for (const [type, lean] of Object.entries(leanResolvers(options.resolvers))) {
    resolvers[type] = { ...resolvers[type], ...lean };
  }
  for (const [type, resolve] of Object.entries(references)) {
    const reference = guardedReference(
      declaredAccess(plain.getType(type)?.astNode as never),
      resolve,
    );
    resolvers[type] = { ...resolvers[type], __resolveReference: reference };
  }
  const own = printSchemaWithDirectives(plain);
  const hints = own.includes('@cacheControl') ? CACHE_HINTS : '';
  const access = own.includes('@access') ? ACCESS_DIRECTIVE : '';
  const typeDefs = parse(`${FEDERATION}\n${hints}\n${access}\n${own}`);
  return enforceAccess(buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }));
}
