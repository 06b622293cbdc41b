import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { inProcessSource } from '../index.js';
import { testGateway, testGraph } from '../testing/graph.js';
import { post } from '../testing/http.js';
import { acknowledgedSocket } from '../testing/raw-socket.js';

/** A gateway whose accounts subgraph answers when it is told to. */
async function slowGateway(shutdownDeadlineMs: number) {
  const graph = testGraph();
  const [accounts] = graph.subgraphs;
  if (!accounts) throw new Error('the graph has no subgraphs');
  const asked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const source = inProcessSource({ schema: accounts.schema, contextFor: () => ({}) });
  const { gateway } = await testGateway(
    {
      shutdownDeadlineMs,
      dataSources: {
        accounts: {
          ...source,
          execute: async (request) => {
            asked.resolve();
            await release.promise;
            return source.execute(request);
          },
        },
      },
    },
    graph,
  );
  return { gateway, asked: asked.promise, release: release.resolve, graph };
}

describe('shutting down', () => {
  it('answers requests in flight, takes no new ones', async () => {
    const { gateway, asked, release } = await slowGateway(60_000);
    const { url } = await gateway.listen(0);
    const answer = post(url, { query: '{ me { name } }' });
    await asked;
    const closed = gateway.close();
    await expect(fetch(url)).rejects.toThrow();
    release();
    expect((await answer).body).toEqual({ data: { me: { name: 'Ada Lovelace' } } });
    await closed;
  });

  it('cuts off what is not done by the deadline', async () => {
    const { gateway, asked } = await slowGateway(50);
    const { url } = await gateway.listen(0);
    const answer = post(url, { query: '{ me { name } }' });
    const failed = expect(answer).rejects.toThrow();
    await asked;
    await gateway.close();
    await failed;
  });

  it('sends sockets away with 1001 and closes their upstreams', async () => {
    const { gateway, graph } = await slowGateway(60_000);
    const { url } = await gateway.listen(0);
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    const payload = { query: 'subscription { reviewAdded { id } }' };
    await once(socket, 'message');
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
    await expect.poll(() => graph.feed.open.size).toBe(1);
    const goodbye = once(socket, 'close');
    await gateway.close();
    expect((await goodbye)[0]).toBe(1001);
    await expect.poll(() => graph.feed.open.size).toBe(0);
  });

  it('goes on for its grace, not ready any more, and lets connections go', async () => {
    const { gateway } = await testGateway({ shutdownGraceMs: 1_000 });
    const { url } = await gateway.listen(0);
    const ready = url.replace('/graphql', '/ready');
    expect((await fetch(ready)).status).toBe(200);
    const closed = gateway.close();
    const unready = await fetch(ready);
    expect([unready.status, await unready.json()]).toEqual([503, { status: 'shutting down' }]);
    expect((await fetch(ready.replace('ready', 'health'))).status).toBe(200);
    const answer = await post(url, { query: '{ me { name } }' });
    expect(answer.body).toEqual({ data: { me: { name: 'Ada Lovelace' } } });
    expect(answer.headers.get('connection')).toBe('close');
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    await once(socket, 'open');
    expect((await once(socket, 'close'))[0]).toBe(1001);
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });

  it('answers queries on sockets before it sends them away', async () => {
    const { gateway, asked, release } = await slowGateway(60_000);
    const { url } = await gateway.listen(0);
    const raw = await acknowledgedSocket(url);
    raw.subscribe('1', '{ me { name } }');
    await asked;
    const closed = gateway.close();
    raw.subscribe('2', '{ me { name } }');
    release();
    const payload = { data: { me: { name: 'Ada Lovelace' } } };
    expect(await raw.next()).toEqual({ id: '1', type: 'next', payload });
    expect(await raw.next()).toEqual({ id: '1', type: 'complete' });
    expect((await raw.closed).code).toBe(1001);
    await closed;
  });

  it('cuts off a socket whose query is not answered by the deadline', async () => {
    const { gateway, asked } = await slowGateway(50);
    const { url } = await gateway.listen(0);
    const raw = await acknowledgedSocket(url);
    raw.subscribe('1', '{ me { name } }');
    await asked;
    await gateway.close();
    expect((await raw.closed).code).toBe(1006);
  });

  it('may be asked for twice', async () => {
    const { gateway } = await testGateway();
    await gateway.listen(0);
    await Promise.all([gateway.close(), gateway.close()]);
  });
});
