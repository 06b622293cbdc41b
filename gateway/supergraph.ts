import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { type Schema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/** Where the supergraph comes from: SDL text, a file that holds it, or subgraphs to compose. */
export type SupergraphSource =
  | { supergraph: string }
  | { supergraphFile: string /** Take the file over whenever it changes. */; watch?: boolean }
  | { subgraphs: readonly SubgraphDefinition[] };

export interface SubgraphDefinition {
  name: string;
  typeDefs: DocumentNode;
}

/** A supergraph made ready to plan and to answer operations. */
export interface LoadedSupergraph {
  readonly sdl: string;
  readonly subgraphNames: readonly string[];
  readonly planner: QueryPlanner;
  /** What clients may see, as the planner knows it. */
  readonly planningSchema: Schema;
  /** What clients may see, as graphql-js knows it. */
  readonly apiSchema: GraphQLSchema;
  /** Everything, @inaccessible parts included; decides which type conditions hold in fetched data. */
  readonly fullSchema: GraphQLSchema;
}

/** Reads or composes the supergraph; throws an error that lists every composition error. */
export function loadSupergraph(source: SupergraphSource): LoadedSupergraph {
  const sdl = supergraphSdl(source);
  const supergraph = Supergraph.build(sdl);
  const planningSchema = supergraph.apiSchema();
  return {
    sdl,
    subgraphNames: supergraph.subgraphsMetadata().map(({ name }) => name),
    planner: new QueryPlanner(supergraph),
    planningSchema,
    apiSchema: planningSchema.toGraphQLJSSchema(),
    fullSchema: supergraph.schema.toGraphQLJSSchema(),
  };
}

function supergraphSdl(source: SupergraphSource): string {
  if ('supergraph' in source) return source.supergraph;
  if ('supergraphFile' in source) return readFileSync(source.supergraphFile, 'utf8');
  return composeSubgraphs(source.subgraphs);
}

/** Composes subgraphs into supergraph SDL; throws an error that lists every composition error. */
export function composeSubgraphs(subgraphs: readonly SubgraphDefinition[]): string {
  const result = composeServices(subgraphs.map((subgraph) => ({ ...subgraph, url: '' })));
  if (result.errors === undefined) return result.supergraphSdl;
  const messages = result.errors.map((error) => `  ${error.message}`);
  throw new Error(`The subgraphs do not compose:\n${messages.join('\n')}`);
}
