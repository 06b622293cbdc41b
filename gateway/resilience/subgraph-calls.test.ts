import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { GatewayOptions } from '../create-gateway.js';
import type { DataSource } from '../data-sources/data-source.js';
import { httpSource } from '../data-sources/http.js';
import { deadSource, testGateway, testGraph } from '../testing/graph.js';
import { memoryLog } from '../testing/memory-log.js';
import type { BreakerState } from './circuit-breaker.js';

const QUERY = '{ me { name } topProducts { upc } }';
const OTHERS = { me: null, topProducts: expect.arrayContaining([{ upc: 'table' }]) };

/** An HTTP server in place of the accounts subgraph. */
async function accountsAt(answer: RequestListener, options: Partial<GatewayOptions> = {}) {
  const asked = vi.fn(answer);
  const server = createServer(asked);
  await once(server.listen(0), 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}/graphql`;
  const accounts = httpSource({ url, headersFor: () => ({}) });
  const { gateway } = await testGateway({ ...options, dataSources: { accounts } });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await gateway.close();
  });
  return { gateway, asked, url };
}

const silent: DataSource = { ...deadSource, execute: () => new Promise(() => {}) };

describe('a subgraph that does not answer', () => {
  it('over HTTP is not waited for past its deadline, and no longer asked', async () => {
    const gone = Promise.withResolvers<void>();
    const { gateway, url } = await accountsAt(
      (request) => void request.socket.once('close', gone.resolve),
      { subgraphCalls: { deadlineMs: 200 } },
    );
    const start = performance.now();
    const { data, errors } = await gateway.execute({ query: QUERY });
    expect(performance.now() - start).toBeLessThan(700);
    expect(data).toEqual(OTHERS);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions.code).toBe('SUBGRAPH_TIMEOUT');
    expect(JSON.stringify(errors)).not.toContain(new URL(url).port);
    await gone.promise;
  });

  it('in process is not waited for past its deadline either', async () => {
    const bySubgraph = { accounts: { deadlineMs: 100 } };
    const { gateway } = await testGateway({
      dataSources: { accounts: silent },
      subgraphCalls: { bySubgraph },
    });
    const start = performance.now();
    const { data, errors } = await gateway.execute({ query: QUERY });
    expect(performance.now() - start).toBeLessThan(600);
    expect(data).toEqual(OTHERS);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_TIMEOUT']);
    await gateway.close();
  });

  it('has no more time than is left of the request', async () => {
    const options = {
      dataSources: { inventory: silent },
      subgraphCalls: { deadlineMs: 60_000, requestDeadlineMs: 200 },
    };
    const { gateway } = await testGateway(options);
    const start = performance.now();
    const { data, errors } = await gateway.execute({ query: '{ topProducts { upc inStock } }' });
    expect(performance.now() - start).toBeLessThan(700);
    expect(data).toMatchObject({
      topProducts: expect.arrayContaining([{ upc: 'table', inStock: null }]),
    });
    expect(errors?.[0]?.extensions.code).toBe('SUBGRAPH_TIMEOUT');
    await gateway.close();
  });
});

describe('a subgraph that is away', () => {
  it('is left alone after a while, which is said once', async () => {
    const states: BreakerState[] = [];
    const log = memoryLog();
    const { gateway, asked } = await accountsAt((_, response) => response.destroy(), {
      log,
      subgraphCalls: { breaker: { minimumCalls: 4, openMs: 30_000 }, retryBudget: false },
      onBreakerChange: ({ subgraph, state }) => states.push(state, subgraph as BreakerState),
    });
    for (let n = 0; n < 8; n++) await gateway.execute({ query: QUERY });
    const { data, errors } = await gateway.execute({ query: QUERY });
    expect(data).toEqual(OTHERS);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', retryAfter: 30 });
    expect(asked).toHaveBeenCalledTimes(4);
    expect(states).toEqual(['open', 'accounts']);
    expect(log.text().match(/The breaker of a subgraph is open/g)).toHaveLength(1);
    expect(log.text().match(/A fetch failed/g)).toHaveLength(4);
  });

  it('is asked once more for what was read', async () => {
    let requests = 0;
    const onRetry = vi.fn();
    const { gateway, asked } = await accountsAt(
      (_, response) => {
        requests += 1;
        if (requests === 1) response.writeHead(503).end();
        else response.end('{"data":{"me":{"name":"Ada"}}}');
      },
      { onRetry },
    );
    expect(await gateway.execute({ query: '{ me { name } }' })).toEqual({
      data: { me: { name: 'Ada' } },
    });
    expect(asked).toHaveBeenCalledTimes(2);
    expect(onRetry).toHaveBeenCalledExactlyOnceWith({ subgraph: 'accounts' });
  });

  it('stays left alone when the supergraph is taken over anew', async () => {
    const graph = testGraph();
    const accounts = { ...deadSource, execute: vi.fn(deadSource.execute) };
    const subgraphCalls = { breaker: { minimumCalls: 1 } };
    const { gateway } = await testGateway({ dataSources: { accounts }, subgraphCalls }, graph);
    await gateway.execute({ query: QUERY });
    await gateway.reload({ supergraph: graph.supergraph, dataSources: { accounts } });
    await gateway.execute({ query: QUERY });
    expect(accounts.execute).toHaveBeenCalledOnce();
    await gateway.close();
  });

  it('is asked every time where all this is left off', async () => {
    const accounts = { ...deadSource, execute: vi.fn(deadSource.execute) };
    const { gateway } = await testGateway({ dataSources: { accounts }, subgraphCalls: false });
    for (let n = 0; n < 30; n++) await gateway.execute({ query: QUERY });
    expect(accounts.execute).toHaveBeenCalledTimes(30);
    // Nobody holds the calls.
    expect(accounts.execute.mock.calls[0]).toHaveLength(1);
    await gateway.close();
  });
});
