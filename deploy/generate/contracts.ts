import { printSubgraphSchema } from '@apollo/subgraph';
import { buildCatalogSchema } from '@waybill/catalog/schema.js';
import { composeSubgraphs, loadSupergraph } from '@waybill/gateway/supergraph.js';
import { buildOrdersSchema } from '@waybill/orders/schema.js';
import { paymentsSchema } from '@waybill/payments/graphql/schema.js';
import { buildUsersSchema } from '@waybill/users/schema.js';
import { type GraphQLSchema, parse, printSchema } from 'graphql';
import { accessTable } from './access-table.js';
import type { GeneratedFile } from './generated-file.js';

export interface Contracts {
  /** What clients may ask of the gateway. */
  api: GraphQLSchema;
  files: GeneratedFile[];
}

const SUBGRAPHS = {
  users: buildUsersSchema,
  catalog: buildCatalogSchema,
  orders: buildOrdersSchema,
  payments: paymentsSchema,
};

/** The SDL of each subgraph, their composition and the API that clients see; needs no database. */
export async function contracts(): Promise<Contracts> {
  const subgraphs = await Promise.all(
    Object.entries(SUBGRAPHS).map(async ([name, build]) => {
      const sdl = printSubgraphSchema(await build());
      return { name, sdl: `${sdl.trim()}\n` };
    }),
  );
  const supergraph = composeSubgraphs(
    subgraphs.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl) })),
  );
  const { apiSchema } = loadSupergraph({ supergraph });
  return {
    api: apiSchema,
    files: [
      ...subgraphs.map(({ name, sdl }) => ({
        path: `schema/subgraphs/${name}.graphql`,
        text: sdl,
      })),
      accessTable(subgraphs),
      { path: 'schema/supergraph.graphql', text: `${supergraph.trim()}\n` },
      { path: 'schema/api.graphql', text: `${printSchema(apiSchema).trim()}\n` },
    ],
  };
}
