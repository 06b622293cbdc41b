import { afterEach, describe, expect, it } from 'vitest';
import type { Gateway, WebSocketOptions } from '../../index.js';
import { testGateway, testGraph } from '../../testing/graph.js';
import { acknowledgedSocket, type RawSocket } from '../../testing/raw-socket.js';

const ADDED = 'subscription { reviewAdded { id body } }';
/** More than the kernel keeps for a socket takes a few of these. */
const LONG = 'x'.repeat(500_000);

describe('a client that does not read', () => {
  const graph = testGraph();
  let gateway: Gateway;
  let url: string;
  const start = async (options: WebSocketOptions, maxWaitingEvents = 1_000) => {
    const webSockets = { maxBufferedBytes: 1e9, maxStallMs: 60_000, keepAliveMs: 0, ...options };
    ({ gateway } = await testGateway({ webSockets, upstreams: { maxWaitingEvents } }, graph));
    ({ url } = await gateway.listen(0));
  };
  afterEach(() => gateway.close());

  async function stuck(): Promise<RawSocket> {
    const raw = await acknowledgedSocket(url);
    raw.subscribe('1', ADDED);
    await expect.poll(() => graph.feed.open.size).toBe(1);
    raw.socket.pause();
    return raw;
  }
  const publish = (id: number, body = LONG) =>
    graph.feed.publish({ id: String(id), body, authorId: '1', upc: 'table' });

  it('is closed with 4410 when too many events wait, while others of the same upstream get all', async () => {
    await start({}, 5);
    const slow = await stuck();
    const quick = await acknowledgedSocket(url);
    quick.subscribe('1', ADDED);
    quick.send({ type: 'ping' });
    await quick.next();
    for (let id = 0; id < 60; id += 1) {
      publish(id);
      const { payload } = await quick.next();
      expect(payload).toMatchObject({ data: { reviewAdded: { id: String(id) } } });
    }
    slow.socket.resume();
    expect(await slow.closed).toEqual({ code: 4410, reason: 'Client too slow' });
    expect(graph.feed.open.size).toBe(1);
  });

  it('is closed with 4410 when too many bytes wait', async () => {
    await start({ maxBufferedBytes: 4_000_000 });
    const raw = await acknowledgedSocket(url);
    raw.socket.pause();
    for (let i = 0; i < 80; i += 1) raw.send({ type: 'ping', payload: { LONG } });
    await expect.poll(() => raw.socket.bufferedAmount, { timeout: 10_000 }).toBe(0);
    raw.socket.resume();
    expect(await raw.closed).toEqual({ code: 4410, reason: 'Client too slow' });
  });

  it('is closed with 4410 when events wait for too long', async () => {
    await start({ maxStallMs: 300 });
    const raw = await stuck();
    // The kernel keeps some megabytes; of the rest there is never more than a few events.
    for (let id = 0; id < 4; id += 1) publish(id, LONG.repeat(8));
    await expect.poll(() => graph.feed.open.size, { timeout: 5_000 }).toBe(0);
    raw.socket.resume();
    expect(await raw.closed).toEqual({ code: 4410, reason: 'Client too slow' });
  });
});
