import { GraphQLError } from 'graphql';
import type { Client } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FetchEvent, Gateway } from '../index.js';
import { distributedGateway } from '../testing/distributed-graph.js';
import { deadSource, testGateway, testGraph } from '../testing/graph.js';
import type { ReviewFeed } from '../testing/reviews.js';
import { ask, webSocketClient } from '../testing/web-socket-client.js';

const ADDED = `subscription Added($upc: String) {
  reviewAdded(upc: $upc) { id text: body author { name } product { upc name inStock } }
}`;
const REVIEW = { id: '77', body: 'new', authorId: '2', upc: 'couch' };
const SHOWN = {
  id: '77',
  text: 'new',
  author: { name: 'Alan Turing' },
  product: { upc: 'couch', name: 'Couch', inStock: false },
};

interface Topology {
  gateway: Gateway;
  feed: ReviewFeed;
  fetches: FetchEvent[];
  close(): Promise<void>;
}

const topologies: Record<string, () => Promise<Topology>> = {
  'in process': async () => {
    const { gateway, graph, fetches } = await testGateway();
    return { gateway, feed: graph.feed, fetches, close: () => gateway.close() };
  },
  'over HTTP and WebSocket': async () => {
    const { gateway, graph, fetches, close } = await distributedGateway();
    return { gateway, feed: graph.feed, fetches, close };
  },
};

describe.each(Object.entries(topologies))('a subscription, subgraphs %s', (_name, start) => {
  let topology: Topology;
  let client: Client;

  beforeEach(async () => {
    topology = await start();
    const { url } = await topology.gateway.listen(0);
    client = webSocketClient(url);
  });
  afterEach(async () => {
    await client.dispose();
    await topology.close();
  });

  const subscribers = () => topology.feed.open.size;
  const subscribe = async (variables = {}) => {
    const before = subscribers();
    const events = client.iterate({ query: ADDED, variables });
    await expect.poll(subscribers).toBe(before + 1);
    return events;
  };

  it('brings fields of other subgraphs with each event, one batch each', async () => {
    const events = await subscribe();
    for (const round of [1, 2, 3]) {
      topology.feed.publish({ ...REVIEW, id: String(round) });
      const { value } = await events.next();
      expect(value).toEqual({ data: { reviewAdded: { ...SHOWN, id: String(round) } } });
    }
    expect(topology.fetches).toHaveLength(9);
  });

  it('reports errors of other subgraphs at their path, and goes on', async () => {
    const query = 'subscription { reviewAdded { added: product { upc shelf } author { name } } }';
    const events = client.iterate({ query });
    await expect.poll(subscribers).toBe(1);
    topology.feed.publish(REVIEW);
    const { value } = await events.next();
    expect(value).toMatchObject({
      data: { reviewAdded: { added: null, author: { name: 'Alan Turing' } } },
      errors: [{ path: ['reviewAdded', 'added', 'shelf'], message: 'Internal server error' }],
    });
    topology.feed.publish({ ...REVIEW, upc: 'table' });
    expect((await events.next()).value).toMatchObject({
      data: { reviewAdded: { added: { upc: 'table', shelf: 'shelf of table' } } },
    });
  });

  it('closes the upstream when the client completes', async () => {
    const events = await subscribe();
    await events.return?.();
    await expect.poll(subscribers).toBe(0);
  });

  it('closes the upstream when the client is gone', async () => {
    await subscribe();
    client.terminate();
    await expect.poll(subscribers).toBe(0);
  });

  it('completes when the upstream does', async () => {
    const events = await subscribe();
    for (const queue of topology.feed.open) queue.end();
    expect(await events.next()).toMatchObject({ done: true });
  });

  it.each([
    [new Error('postgres://root@10.0.0.1'), 'INTERNAL_SERVER_ERROR', 'Internal server error'],
    [new GraphQLError('No more', { extensions: { code: 'GONE' } }), 'GONE', 'No more'],
  ])('tells of an upstream that fails with %s, then ends', async (error, code, message) => {
    const events = await subscribe();
    for (const queue of topology.feed.open) queue.fail(error);
    expect((await events.next()).value).toMatchObject({
      data: null,
      errors: [{ message, extensions: { code } }],
    });
    expect(await events.next()).toMatchObject({ done: true });
  });

  it('tells of a subgraph that refuses it, without its message', async () => {
    const events = client.iterate({ query: ADDED, variables: { upc: 'forbidden' } });
    const { value } = await events.next().catch((error: unknown) => ({ value: error }));
    expect(JSON.stringify(value)).toContain('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(value)).not.toContain('no entry');
  });

  it('several of one socket live side by side', async () => {
    const [first, second] = [await subscribe(), await subscribe({ upc: 'couch' })];
    topology.feed.publish(REVIEW);
    expect((await first.next()).value).toEqual({ data: { reviewAdded: SHOWN } });
    expect((await second.next()).value).toEqual({ data: { reviewAdded: SHOWN } });
    await first.return?.();
    await expect.poll(subscribers).toBe(1);
    topology.feed.publish(REVIEW);
    expect((await second.next()).value).toEqual({ data: { reviewAdded: SHOWN } });
  });

  it('runs in process too', async () => {
    const stream = await topology.gateway.subscribe({ query: ADDED });
    if (!(Symbol.asyncIterator in stream)) throw new Error('refused');
    await expect.poll(subscribers).toBe(1);
    topology.feed.publish(REVIEW);
    expect(await stream.next()).toEqual({ done: false, value: { data: { reviewAdded: SHOWN } } });
    await stream.return?.();
    await expect.poll(subscribers).toBe(0);
  });
});

describe('a subscription whose subgraph is away', () => {
  it('is refused with a code', async () => {
    const { gateway } = await testGateway({ dataSources: { reviews: deadSource } });
    const { url } = await gateway.listen(0);
    const client = webSocketClient(url);
    await expect(ask(client, { query: ADDED })).rejects.toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ]);
    await client.dispose();
    await gateway.close();
  });

  it('ends with a code when the subgraph goes away', async () => {
    const { gateway, graph, servers, close } = await distributedGateway();
    const stream = await gateway.subscribe({ query: ADDED });
    if (!(Symbol.asyncIterator in stream)) throw new Error('refused');
    await expect.poll(() => graph.feed.open.size).toBe(1);
    await servers.get('reviews')?.close();
    expect(await stream.next()).toMatchObject({
      value: { data: null, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] },
    });
    expect(await stream.next()).toMatchObject({ done: true });
    servers.delete('reviews');
    await close();
  });

  it('serves the events when only another subgraph is away', async () => {
    const graph = testGraph();
    const { gateway } = await testGateway({ dataSources: { accounts: deadSource } }, graph);
    const stream = await gateway.subscribe({
      query: 'subscription { reviewAdded { body author { id name } } }',
    });
    if (!(Symbol.asyncIterator in stream)) throw new Error('refused');
    graph.feed.publish(REVIEW);
    expect((await stream.next()).value).toMatchObject({
      data: { reviewAdded: { body: 'new', author: { id: '2', name: null } } },
      errors: [{ path: ['reviewAdded', 'author'] }],
    });
    await stream.return?.();
  });
});
