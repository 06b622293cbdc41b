import { silentLog } from '@waybill/kernel/log.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { type GraphQLNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { createCatalogSubgraph } from './index.js';

/** What Apollo's subgraph library adds by itself. */
const FEDERATION = /^(__|_|federation__|link__|String$|Boolean$|Int$|Float$|ID$)/;

/** Shared by all subgraphs; nobody's to describe. */
const ROOTS = ['Query', 'Mutation'];

function* undescribed(type: GraphQLNamedType): Generator<string> {
  if (!type.description && !ROOTS.includes(type.name)) yield type.name;
  if (isEnumType(type)) {
    for (const value of type.getValues())
      if (!value.description) yield `${type.name}.${value.name}`;
  }
  if (!isObjectType(type) && !isInputObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    if (FEDERATION.test(field.name)) continue;
    if (!field.description) yield `${type.name}.${field.name}`;
    for (const arg of 'args' in field ? field.args : []) {
      if (!arg.description) yield `${type.name}.${field.name}(${arg.name})`;
    }
  }
}

it('describes every type, field, argument and enum value', async () => {
  const catalog = await createCatalogSubgraph({
    databaseUrl: await testDatabase(),
    publish: async () => {},
    log: silentLog,
  });
  const types = Object.values(catalog.schema.getTypeMap());
  const own = types.filter(({ name }) => !FEDERATION.test(name));
  expect(own.length).toBeGreaterThan(15);
  expect(own.flatMap((type) => [...undescribed(type)])).toEqual([]);
  await catalog.close();
});

it('opens twice on one database and answers whether that is there', async () => {
  const databaseUrl = await testDatabase();
  const open = () =>
    createCatalogSubgraph({ databaseUrl, publish: async () => {}, log: silentLog });
  const subgraphs = await Promise.all([open(), open()]);
  await Promise.all(subgraphs.map((subgraph) => subgraph.start()));
  await Promise.all(subgraphs.map((subgraph) => subgraph.ready()));
  await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
  await expect(subgraphs[0]?.ready()).rejects.toThrow();
});
