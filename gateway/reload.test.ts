import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGateway } from './create-gateway.js';
import { composeSubgraphs, type SubgraphDefinition } from './supergraph.js';
import { inProcess } from './testing/graph.js';
import { post } from './testing/http.js';
import { memoryLog } from './testing/memory-log.js';

/** One subgraph whose only field says which version of it answers. */
function version(name: string, field = 'version') {
  const typeDefs = parse(`type Query { ${field}: String }`);
  const schema = buildSubgraphSchema({
    typeDefs,
    resolvers: { Query: { [field]: () => name } },
  });
  const subgraph: SubgraphDefinition = { name: 'only', typeDefs };
  return {
    supergraph: composeSubgraphs([subgraph]),
    dataSources: { only: inProcess({ ...subgraph, schema }) },
  };
}

const QUERY = { query: '{ version }' };

async function servedGateway(options: Parameters<typeof createGateway>[0]) {
  const gateway = await createGateway(options);
  onTestFinished(() => gateway.close());
  const { url } = await gateway.listen(0, '127.0.0.1');
  return { gateway, url, ask: async (body: object) => (await post(url, body)).body };
}

describe('a supergraph taken over while running', () => {
  it('answers the next request, registered, ad hoc or introspecting', async () => {
    const persistedOperations = { v: '{ version }' };
    const { gateway, ask } = await servedGateway({ ...version('one'), persistedOperations });
    for (const asked of [QUERY, { documentId: 'v' }]) {
      expect(await ask(asked)).toEqual({ data: { version: 'one' } });
    }
    const next = version('two', 'release');
    await gateway.reload({ ...next, supergraph: next.supergraph });
    expect(await ask({ query: '{ release }' })).toEqual({ data: { release: 'two' } });
    const introspection = '{ __schema { queryType { fields { name } } } }';
    expect(await ask({ query: introspection })).toMatchObject({
      data: { __schema: { queryType: { fields: [{ name: 'release' }] } } },
    });
    for (const asked of [QUERY, { documentId: 'v' }]) {
      const { errors } = await ask(asked);
      expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });

  it('drops no request while it is taken over again and again', async () => {
    const { gateway, ask } = await servedGateway(version('0'));
    for (let i = 1; i <= 10; i += 1) {
      const taken = gateway.reload(version(String(i)));
      const answers = await Promise.all([ask(QUERY), ask(QUERY), ask(QUERY)]);
      expect(answers.filter((answer) => !isVersion(answer))).toEqual([]);
      await taken;
    }
    expect(await ask(QUERY)).toEqual({ data: { version: '10' } });
  });

  it('stays as it was when the next one is unusable', async () => {
    const { gateway, ask } = await servedGateway(version('one'));
    const broken = parse('type Query { version: Nothing }');
    const reload = gateway.reload({ subgraphs: [{ name: 'only', typeDefs: broken }] });
    await expect(reload).rejects.toThrow('do not compose');
    await expect(gateway.reload({ supergraph: 'type' })).rejects.toThrow();
    const stranger = composeSubgraphs([{ name: 'other', typeDefs: parse('type Query { a: ID }') }]);
    await expect(gateway.reload({ supergraph: stranger })).rejects.toThrow('No data source');
    expect(await ask(QUERY)).toEqual({ data: { version: 'one' } });
  });

  it('is read from a watched file whenever that changes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const supergraphFile = join(folder, 'supergraph.graphql');
    const { supergraph, dataSources } = version('one');
    writeFileSync(supergraphFile, supergraph);
    const log = memoryLog();
    const { ask } = await servedGateway({ supergraphFile, watch: true, dataSources, log });
    writeFileSync(supergraphFile, 'type Query {');
    await expect.poll(() => log.text(), { timeout: 5_000 }).toContain('not usable');
    expect(await ask(QUERY)).toEqual({ data: { version: 'one' } });
    writeFileSync(supergraphFile, version('two', 'release').supergraph);
    await expect
      .poll(() => ask({ query: '{ __type(name: "Query") { fields { name } } }' }), {
        timeout: 5_000,
      })
      .toEqual({ data: { __type: { fields: [{ name: 'release' }] } } });
  });
});

function isVersion(answer: unknown): boolean {
  return /^\{"data":\{"version":"\d+"\}\}$/.test(JSON.stringify(answer));
}
