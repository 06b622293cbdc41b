import { afterEach, describe, expect, it } from 'vitest';
import type { DataSource, Gateway } from '../index.js';
import { distributedGateway } from '../testing/distributed-graph.js';
import { testGateway, testGraph } from '../testing/graph.js';
import { acknowledgedSocket } from '../testing/raw-socket.js';

const QUERY = `subscription {
  new: reviewAdded {
    by: author { called: name wrote: reviews { about: product { place: shelf upc } } }
    product { left: inStock }
  }
}`;
const BY_ADA = { id: '9', body: 'new', authorId: '1', upc: 'table' };
const BY_ALAN = { ...BY_ADA, authorId: '2' };

describe('errors of events', () => {
  let close: () => Promise<void>;
  afterEach(() => close());

  async function subscribed(gateway: Gateway, feed: { open: Set<unknown> }) {
    const { url } = await gateway.listen(0);
    const raw = await acknowledgedSocket(url);
    raw.subscribe('1', QUERY);
    await expect.poll(() => feed.open.size).toBe(1);
    return raw;
  }

  it.each(['in process', 'over HTTP'])(
    'of a subgraph %s are at their path, in the words of the client',
    async (where) => {
      const distributed = where === 'over HTTP' ? await distributedGateway() : undefined;
      const { gateway, graph } = distributed ?? (await testGateway());
      close = () => distributed?.close() ?? gateway.close();
      const raw = await subscribed(gateway, graph.feed);
      graph.feed.publish(BY_ADA);
      const { payload } = await raw.next();
      expect(payload).toMatchObject({
        data: {
          new: {
            by: {
              called: 'Ada Lovelace',
              wrote: [{ about: { place: 'shelf of table' } }, { about: null }],
            },
            product: { left: true },
          },
        },
        errors: [{ path: ['new', 'by', 'wrote', 1, 'about', 'place'] }],
      });
      graph.feed.publish(BY_ALAN);
      const { payload: next } = await raw.next();
      expect(next).toMatchObject({ data: { new: { by: { called: 'Alan Turing' } } } });
      expect(next).not.toHaveProperty('errors');
    },
  );

  it('of a subgraph that hangs null its fields by its deadline, and the stream goes on', async () => {
    const graph = testGraph();
    const inventory = graph.sources.inventory as DataSource;
    let hangs = true;
    const { gateway } = await testGateway(
      {
        subgraphCalls: { bySubgraph: { inventory: { deadlineMs: 200 } } },
        dataSources: {
          inventory: {
            ...inventory,
            execute: (request) => (hangs ? new Promise(() => {}) : inventory.execute(request)),
          },
        },
      },
      graph,
    );
    close = () => gateway.close();
    const raw = await subscribed(gateway, graph.feed);
    const started = performance.now();
    graph.feed.publish(BY_ALAN);
    const { payload } = await raw.next();
    expect(performance.now() - started).toBeLessThan(200 + 500);
    expect(payload).toMatchObject({
      data: {
        new: {
          by: { called: 'Alan Turing', wrote: [{ about: null }, { about: null }] },
          product: { left: null },
        },
      },
    });
    const { errors } = payload as { errors: Array<{ path: unknown[]; extensions: object }> };
    for (const error of errors)
      expect(error.extensions).toMatchObject({ code: 'SUBGRAPH_TIMEOUT' });
    expect(errors.map(({ path }) => path)).toContainEqual(['new', 'product']);
    hangs = false;
    graph.feed.publish(BY_ALAN);
    expect(await raw.next()).toMatchObject({
      payload: { data: { new: { product: { left: true } } } },
    });
  });
});
