import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Access, declaredAccess } from '@waybill/kernel/graphql/access.js';
import { repositoryRoot } from '@waybill/scripts/check/source-files.js';
import {
  buildASTSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  parse,
} from 'graphql';

export const SUBGRAPHS = ['users', 'catalog', 'orders', 'payments'] as const;
export type SubgraphName = (typeof SUBGRAPHS)[number];

/** A query, mutation or subscription, and who may use it. */
export interface Declaration {
  subgraph: SubgraphName;
  kind: 'query' | 'mutation' | 'subscription';
  field: GraphQLField<unknown, unknown>;
  access: Access;
}

/** The subgraph as it is checked in: docs/access.md is made of the same. */
export function schemaOf(subgraph: SubgraphName): GraphQLSchema {
  const path = join(repositoryRoot(), `schema/subgraphs/${subgraph}.graphql`);
  return buildASTSchema(parse(readFileSync(path, 'utf8')), { assumeValidSDL: true });
}

export const declarations: Declaration[] = SUBGRAPHS.flatMap((subgraph) => {
  const schema = schemaOf(subgraph);
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const;
  return roots.flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) => {
      const access = declaredAccess(field.astNode);
      return access ? [{ subgraph, kind, field, access }] : [];
    }),
  );
});

/** The types of a subgraph that the gateway may ask for by key. */
export function entitiesOf(subgraph: SubgraphName): GraphQLObjectType[] {
  const types = Object.values(schemaOf(subgraph).getTypeMap()).filter(isObjectType);
  return types.filter(({ astNode }) =>
    astNode?.directives?.some(({ name }) => name.value === 'key'),
  );
}

/** The fields of a type that can be asked for without arguments and without a selection. */
export function leavesOf(type: GraphQLObjectType): string[] {
  return Object.values(type.getFields())
    .filter(({ args, type: of }) => args.length === 0 && !('getFields' in getNamedType(of)))
    .map(({ name }) => name);
}
