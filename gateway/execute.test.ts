import { describe, expect, it } from 'vitest';
import { deadSource, testGateway } from './testing/graph.js';

describe('executing operations over several subgraphs', () => {
  it('asks each subgraph once per level, each entity once', async () => {
    const { gateway, fetches } = await testGateway();
    const result = await gateway.execute({
      query: `query Nested { me { name reviews { body product { upc name inStock reviews { author { name } } } } } }`,
    });
    expect(result.errors).toBeUndefined();
    expect(result.data).toMatchObject({ me: { name: 'Ada Lovelace' } });
    expect(fetches.map(({ subgraph, representations }) => [subgraph, representations])).toEqual([]);
  });

  it('dead', async () => {
    const { gateway } = await testGateway({ dataSources: { inventory: deadSource } });
    console.log(
      JSON.stringify(
        await gateway.execute({ query: '{ topProducts { upc inStock } me { name } }' }),
      ),
    );
  });
});
