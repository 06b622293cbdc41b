import { createGateway } from '@waybill/gateway/index.js';
import { composeSubgraphs } from '@waybill/gateway/supergraph.js';
import { expect, it } from 'vitest';
import { QUERIES } from '../graph/queries.js';
import { SUBGRAPHS } from '../graph/subgraphs.js';
import { readySource } from './ready-source.js';

it('gives the same answer again, as objects that nobody else has', async () => {
  const graph = Object.values(SUBGRAPHS).map((make) => make());
  const gateway = await createGateway({
    supergraph: composeSubgraphs(graph),
    dataSources: Object.fromEntries(graph.map(({ name, schema }) => [name, readySource(schema)])),
  });
  const ask = () => gateway.execute({ query: QUERIES.nested });
  const first = await ask();
  expect(first.errors).toBeUndefined();
  expect(JSON.stringify(first)).toContain('"shippingEstimate"');
  expect(await Promise.all([ask(), ask()])).toEqual([first, first]);
  await gateway.close();
});
