import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distributedGateway } from '../testing/distributed-graph.js';
import { testGateway } from '../testing/graph.js';
import { httpSource } from './http.js';

const NESTED = `query Nested { users { name secret
  reviews { body product { upc name shelf shippingEstimate reviews { author { username } } } } } }`;

describe('subgraphs behind HTTP', () => {
  let distributed: Awaited<ReturnType<typeof distributedGateway>>;
  beforeAll(async () => {
    distributed = await distributedGateway();
  });
  afterAll(() => distributed.close());

  it('answer what they answer in process, errors included, with as many fetches', async () => {
    const { gateway, fetches } = await testGateway();
    const operation = { query: NESTED, requestId: 'request-42' };
    const inProcess = await gateway.execute(operation);
    const remote = await distributed.gateway.execute(operation);
    expect(JSON.stringify(remote)).toBe(JSON.stringify(inProcess));
    expect(distributed.fetches.length).toBe(fetches.length);
  });

  it('are told who asks and under which request id', async () => {
    const identity = { kind: 'service', name: 'tests' } as const;
    const operation = { query: '{ whoAmI }', identity, requestId: 'request-42' };
    expect(await distributed.gateway.execute(operation)).toEqual({
      data: { whoAmI: 'service request-42' },
    });
  });

  it('are ready, or not', async () => {
    const { url } = await distributed.gateway.listen(0);
    const ready = url.replace('/graphql', '/readyz');
    expect((await fetch(ready)).status).toBe(200);
    await distributed.servers.get('inventory')?.close();
    distributed.servers.delete('inventory');
    const response = await fetch(ready);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('"inventory":"away"');
  });

  it('refuse whoever has no assertion', async () => {
    const url = distributed.servers.get('accounts')?.url ?? '';
    const stranger = httpSource({ url, headersFor: () => ({}) });
    await expect(stranger.ready()).rejects.toThrow();
    await stranger.close();
  });

  it('have to answer in time', async () => {
    const silent = createServer(() => {});
    await once(silent.listen(0), 'listening');
    const { port } = silent.address() as AddressInfo;
    const url = `http://localhost:${port}/graphql`;
    const accounts = httpSource({ url, headersFor: () => ({}), timeoutMs: 100 });
    const { gateway } = await testGateway({ dataSources: { accounts } });
    const { data, errors } = await gateway.execute({ query: '{ me { id } topProducts { upc } }' });
    expect(data).toMatchObject({ me: null, topProducts: expect.any(Array) });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    silent.closeAllConnections();
    silent.close();
    await gateway.close();
  });
});
