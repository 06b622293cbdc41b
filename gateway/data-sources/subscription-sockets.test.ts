import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ANONYMOUS, ASSERTION_HEADER, signAssertion } from '@waybill/kernel/identity.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { prepareOperation } from '../planning/prepare-operation.js';
import { ReviewFeed, reviews } from '../testing/reviews.js';
import { SECRET, type ServedSubgraph, serveSubgraph } from '../testing/serve-subgraph.js';
import { ConnectionLostError } from './data-source.js';
import { type HttpSourceOptions, httpSource } from './http.js';

const REQUEST = {
  operation: prepareOperation('subscription { reviewAdded { id } }', undefined),
  variables: {},
  context: { identity: ANONYMOUS, requestId: 'request-42' },
};
const review = (id: string) => ({ id, body: '', authorId: '1', upc: 'table' });

describe('a subscription to a remote subgraph', () => {
  const feed = new ReviewFeed();
  let served: ServedSubgraph;
  beforeEach(async () => {
    served = await serveSubgraph(reviews(feed));
  });
  afterEach(() => served.close());

  function sourceOf(options: Partial<HttpSourceOptions> = {}) {
    const headersFor = () => ({ [ASSERTION_HEADER]: signAssertion(ANONYMOUS, SECRET) });
    return httpSource({ url: served.url, headersFor, ...options });
  }

  async function open(options: Partial<HttpSourceOptions> = {}) {
    const stream = await sourceOf(options).subscribe(REQUEST);
    if (!(Symbol.asyncIterator in stream)) throw new Error('refused');
    return stream[Symbol.asyncIterator]();
  }

  it('is cut off when its consumer is slower than the queue is long', async () => {
    const events = await open({ maxWaitingEvents: 2 });
    await expect.poll(() => feed.open.size).toBe(1);
    for (const id of ['1', '2', '3']) feed.publish(review(id));
    await expect.poll(() => feed.open.size).toBe(0);
    await expect(events.next()).rejects.toThrow('More than 2 events');
  });

  it('leaves no socket behind', async () => {
    const events = await open();
    await expect.poll(served.sockets).toBe(1);
    await events.return?.();
    await expect.poll(served.sockets).toBe(0);
  });

  it('is refused where the subgraph does not know the caller', async () => {
    const refused = open({ headersFor: () => ({}) });
    await expect(refused).rejects.toThrow('4403');
    await expect(refused).rejects.not.toBeInstanceOf(ConnectionLostError);
  });

  it('is not opened where there is no server', async () => {
    const opened = open({ url: served.url.replace(/:\d+/, ':1') });
    await expect(opened).rejects.toThrow(ConnectionLostError);
  });

  it('has to be accepted in time', async () => {
    const silent = new WebSocketServer({ port: 0 });
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const opened = open({ url: `http://localhost:${port}`, timeoutMs: 50 });
    await expect(opened).rejects.toThrow('4504');
    silent.close();
  });

  it('fails when the connection breaks', async () => {
    const events = await open();
    const next = events.next();
    await expect.poll(() => feed.open.size).toBe(1);
    await served.close();
    await expect(next).rejects.toThrow(ConnectionLostError);
  });

  it('ends when the source is closed', async () => {
    const source = sourceOf();
    const stream = await source.subscribe(REQUEST);
    if (!(Symbol.asyncIterator in stream)) throw new Error('refused');
    await source.close();
    const events = stream[Symbol.asyncIterator]();
    expect(await events.next()).toEqual({ value: undefined, done: true });
    await expect.poll(served.sockets).toBe(0);
  });
});
