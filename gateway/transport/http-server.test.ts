import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataSource, Gateway } from '../index.js';
import { inProcess, testGateway, testGraph } from '../testing/graph.js';

describe('pages of the gateway', () => {
  const graph = testGraph();
  const [accounts] = graph.subgraphs;
  let down = false;
  let asked = 0;
  let requests = 0;
  let gate: Promise<void> | undefined;
  let gateway: Gateway;
  let origin: string;

  beforeAll(async () => {
    if (!accounts) throw new Error('the graph has no subgraphs');
    const source: DataSource = {
      ...inProcess(accounts),
      ready: async () => {
        asked += 1;
        await gate;
        if (down) throw new Error('connect ECONNREFUSED 10.1.2.3:4001');
      },
    };
    ({ gateway } = await testGateway(
      {
        dataSources: { accounts: source },
        graphiql: () => ({ defaultQuery: 'query Me { me { name } }', headers: { a: 'b' } }),
        otherRequests: (request, response) => void response.end(`other ${request.url}`),
      },
      graph,
    ));
    const { url, server } = await gateway.listen(0);
    server.on('request', () => {
      requests += 1;
    });
    origin = new URL(url).origin;
  });
  afterAll(() => gateway.close());

  it('says that it lives', async () => {
    for (const path of ['/livez', '/health']) {
      expect((await fetch(origin + path)).status).toBe(200);
    }
  });

  it('is ready while every subgraph is, and names one that is away', async () => {
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    down = true;
    const response = await fetch(`${origin}/ready`);
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ subgraphs: { accounts: 'away', reviews: 'ready' } });
    expect(text).not.toContain('10.1.2.3');
    expect((await fetch(`${origin}/livez`)).status).toBe(200);
  });

  it('does not pass on a crowd that asks whether it is ready', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    [asked, requests, gate] = [0, 0, promise];
    const crowd = Array.from({ length: 5 }, () => fetch(`${origin}/readyz`));
    await expect.poll(() => requests).toBe(5);
    resolve();
    expect(new Set((await Promise.all(crowd)).map(({ status }) => status))).toEqual(new Set([503]));
    expect(asked).toBe(1);
  });

  it('has a GraphiQL page that asks no foreign host for anything', async () => {
    const response = await fetch(`${origin}/graphiql`);
    const page = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(page).toContain('query Me { me { name } }');
    expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
  });

  it('sends a browser that opens the endpoint to GraphiQL', async () => {
    const headers = { accept: 'text/html,*/*' };
    const response = await fetch(`${origin}/graphql`, { headers, redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphiql']);
  });

  it('hands other paths on', async () => {
    expect(await (await fetch(`${origin}/jwks`)).text()).toBe('other /jwks');
  });

  it('says when its port is taken', async () => {
    const port = Number(new URL(origin).port);
    await expect(gateway.listen(port)).rejects.toThrow('EADDRINUSE');
  });
});
