import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { type Schema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { invalidSupergraph, SupergraphError } from './supergraph-error.js';

/** Where the supergraph comes from: SDL text, a file that holds it, or subgraphs to compose. */
export type SupergraphSource =
  | { supergraph: string }
  | { supergraphFile: string /** Take the file over whenever it changes. */; watch?: boolean }
  | { subgraphs: readonly SubgraphDefinition[] };

export interface SubgraphDefinition {
  name: string;
  typeDefs: DocumentNode;
  /** Where it answers GraphQL over HTTP, unless there is a data source for it. */
  url?: string;
}

/** A subgraph as the supergraph names it. */
export interface NamedSubgraph {
  readonly name: string;
  /** Where it answers GraphQL over HTTP; empty where the supergraph does not say. */
  readonly url: string;
}

/** A supergraph made ready to plan and to answer operations. */
export interface LoadedSupergraph {
  readonly sdl: string;
  readonly subgraphs: readonly NamedSubgraph[];
  readonly planner: QueryPlanner;
  /** What clients may see, as the planner knows it. */
  readonly planningSchema: Schema;
  /** What clients may see, as graphql-js knows it. */
  readonly apiSchema: GraphQLSchema;
  /** Everything, @inaccessible parts included; decides which type conditions hold in fetched data. */
  readonly fullSchema: GraphQLSchema;
}

/**
 * Where subgraphs share much, there are many ways to fetch the same: of that many the best is taken. Apollo's own
 * 10,000 are seconds of planning for a text of 200 bytes, which anybody may send.
 */
const PLANNING = { debug: { maxEvaluatedPlans: 1_000 } };

/** Reads or composes the supergraph, of Federation 2 or 1; throws a SupergraphError. */
export function loadSupergraph(source: SupergraphSource): LoadedSupergraph {
  const sdl = supergraphSdl(source);
  try {
    return loadSdl(sdl);
  } catch (error) {
    throw invalidSupergraph(error);
  }
}

function loadSdl(sdl: string): LoadedSupergraph {
  const supergraph = Supergraph.build(sdl);
  const planningSchema = supergraph.apiSchema();
  return {
    sdl,
    subgraphs: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
    planner: new QueryPlanner(supergraph, PLANNING),
    planningSchema,
    apiSchema: planningSchema.toGraphQLJSSchema(),
    fullSchema: supergraph.schema.toGraphQLJSSchema(),
  };
}

function supergraphSdl(source: SupergraphSource): string {
  if ('supergraph' in source) return source.supergraph;
  if ('supergraphFile' in source) return readSupergraph(source.supergraphFile);
  return composeSubgraphs(source.subgraphs);
}

function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const fault = code === 'ENOENT' ? 'there is no such file' : message;
    throw new SupergraphError('SUPERGRAPH_UNREADABLE', `${file}: ${fault}`, { cause: error });
  }
}

/** Composes subgraphs into supergraph SDL; throws a SupergraphError that lists every composition error. */
export function composeSubgraphs(subgraphs: readonly SubgraphDefinition[]): string {
  const result = composeServices(subgraphs.map((subgraph) => ({ url: '', ...subgraph })));
  if (result.errors === undefined) return result.supergraphSdl;
  const messages = result.errors.map((error) => `  ${error.message}`);
  const message = `The subgraphs do not compose:\n${messages.join('\n')}`;
  throw new SupergraphError('SUBGRAPHS_DO_NOT_COMPOSE', message);
}
