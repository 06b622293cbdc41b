import { ANONYMOUS, ASSERTION_HEADER, signAssertion } from '@waybill/kernel/identity.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareOperation } from '../planning/prepare-operation.js';
import { ReviewFeed, reviews } from '../testing/reviews.js';
import { SECRET, type ServedSubgraph, serveSubgraph } from '../testing/serve-subgraph.js';
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

  async function open(options: Partial<HttpSourceOptions> = {}) {
    const headersFor = () => ({ [ASSERTION_HEADER]: signAssertion(ANONYMOUS, SECRET) });
    const source = httpSource({ url: served.url, headersFor, ...options });
    const stream = await source.subscribe(REQUEST);
    if (!(Symbol.asyncIterator in stream)) throw new Error('refused');
    return stream[Symbol.asyncIterator]();
  }

  it('is cut off when its consumer is slower than the queue is long', async () => {
    const events = await open({ maxWaitingEvents: 2 });
    await expect.poll(() => feed.open.size).toBe(1);
    for (const id of ['1', '2', '3']) feed.publish(review(id));
    await expect.poll(() => feed.open.size).toBe(0);
    expect((await events.next()).value).toEqual({ data: { reviewAdded: { id: '1' } } });
    expect((await events.next()).value).toEqual({ data: { reviewAdded: { id: '2' } } });
    await expect(events.next()).rejects.toThrow('More than 2 events');
  });

  it('leaves no socket behind', async () => {
    const events = await open();
    await expect.poll(served.sockets).toBe(1);
    await events.return?.();
    await expect.poll(served.sockets).toBe(0);
  });

  it('fails where the subgraph does not know the caller', async () => {
    const events = await open({ headersFor: () => ({}) });
    await expect(events.next()).rejects.toThrow('4403');
  });

  it('may be left before the socket is open, also when it never opens', async () => {
    const events = await open({ url: served.url.replace(/:\d+/, ':1') });
    await events.return?.();
    expect(await events.next()).toEqual({ value: undefined, done: true });
  });
});
