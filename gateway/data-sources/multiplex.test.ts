import { ASSERTION_HEADER, signAssertion } from '@waybill/kernel/identity.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Gateway, httpSource } from '../index.js';
import { graphOf, testGateway } from '../testing/graph.js';
import { acknowledgedSocket } from '../testing/raw-socket.js';
import { SECRET, type ServedSubgraph, serveSubgraph } from '../testing/serve-subgraph.js';
import { subgraph, type TestContext } from '../testing/subgraph.js';
import { EventQueue } from './event-queue.js';

type Asks = EventQueue<{ asks: string }>;

/** Tells each subscriber as whom the subgraph knows them, whenever it is told to. */
function registry() {
  const open = new Map<Asks, string>();
  const asks = (_: unknown, _args: unknown, { identity }: TestContext) => {
    const queue: Asks = new EventQueue(10, () => open.delete(queue));
    open.set(queue, JSON.stringify(identity));
    return queue;
  };
  const sdl = 'type Query { a: Int } type Subscription { asks: String }';
  return {
    subgraph: subgraph('registry', sdl, { Subscription: { asks: { subscribe: asks } } }),
    open,
    tellAll: () => open.forEach((asks, queue) => void queue.push({ asks })),
  };
}

describe('subscriptions of several callers over one socket', () => {
  const { subgraph: who, open, tellAll } = registry();
  let served: ServedSubgraph;
  let gateway: Gateway;
  let url: string;
  beforeEach(async () => {
    served = await serveSubgraph(who);
    const source = httpSource({
      url: served.url,
      multiplex: true,
      headersFor: (identity) => ({ [ASSERTION_HEADER]: signAssertion(identity, SECRET) }),
    });
    const authenticate = ({ authorization = '' }) =>
      ({ kind: 'user', userId: authorization, roles: [] }) as const;
    ({ gateway } = await testGateway(
      { authenticate, dataSources: { registry: source } },
      graphOf([who]),
    ));
    ({ url } = await gateway.listen(0));
  });
  afterEach(async () => {
    await gateway.close();
    await served.close();
  });

  async function subscriber(token: string) {
    const raw = await acknowledgedSocket(url, { token });
    raw.subscribe('1', 'subscription { asks }');
    return raw;
  }

  it('are each made as their own caller', async () => {
    const tokens = ['ada', 'alan', 'grace'];
    const subscribers = await Promise.all(tokens.map(subscriber));
    await expect.poll(() => open.size).toBe(3);
    expect(served.sockets()).toBe(1);
    tellAll();
    for (const [index, raw] of subscribers.entries()) {
      const asks = JSON.stringify({ kind: 'user', userId: `Bearer ${tokens[index]}`, roles: [] });
      expect(await raw.next()).toMatchObject({ payload: { data: { asks } } });
    }
  });

  it('end one by one, and the socket with the last of them', async () => {
    const [ada, alan] = [await subscriber('ada'), await subscriber('alan')];
    await expect.poll(() => open.size).toBe(2);
    ada.send({ id: '1', type: 'complete' });
    await expect.poll(() => open.size).toBe(1);
    expect(served.sockets()).toBe(1);
    alan.socket.terminate();
    await expect.poll(() => open.size + served.sockets()).toBe(0);
    await subscriber('grace');
    await expect.poll(() => open.size).toBe(1);
  });
});
