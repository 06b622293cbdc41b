import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Gateway } from '../../index.js';
import { testGateway, testGraph } from '../../testing/graph.js';
import { acknowledgedSocket } from '../../testing/raw-socket.js';

describe('keeping alive', () => {
  const graph = testGraph();
  let gateway: Gateway;
  const start = async () => {
    ({ gateway } = await testGateway({ webSockets: { keepAliveMs: 60 } }, graph));
    return (await gateway.listen(0)).url;
  };
  afterEach(() => gateway.close());

  it('pings a silent client, and leaves one that answers alone', async () => {
    const { socket } = await acknowledgedSocket(await start());
    for (let i = 0; i < 3; i += 1) await once(socket, 'ping');
    expect(socket.readyState).toBe(socket.OPEN);
  });

  it('cuts off a client that is gone without a word, and its upstream', async () => {
    const raw = await acknowledgedSocket(await start());
    raw.subscribe('1', 'subscription { reviewAdded { id } }');
    await expect.poll(() => graph.feed.open.size).toBe(1);
    // From here on nothing is read: pings are left unanswered.
    raw.socket.pause();
    await expect.poll(() => graph.feed.open.size).toBe(0);
  });
});
