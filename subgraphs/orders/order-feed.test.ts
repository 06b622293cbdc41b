import { parse, subscribe } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OrderStatus } from './order.js';
import { orderFeed } from './order-feed.js';
import { orderId } from './present.js';
import { customer, openTestOrders, STAFF, type TestOrders } from './testing/orders.js';
import { reserved } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
  await orders.subgraph.start();
});
afterAll(() => orders.close());

const feed = (statuses?: OrderStatus[]) => orderFeed(orders.as(STAFF), statuses);

async function take(events: Awaited<ReturnType<typeof feed>>, count: number) {
  const seen: string[] = [];
  while (seen.length < count) {
    const { value } = await events.next();
    if (!value) break;
    seen.push(`${value.orderId} ${value.seq} ${value.type}`);
  }
  return seen;
}

it('tells staff of each event of each order, in order, from the moment they ask', async () => {
  const before = await orders.place();
  await expect.poll(() => orders.published.map(({ subject }) => subject)).toContain(before.id);
  const events = await feed();
  const one = await orders.place();
  const other = await orders.place();
  await orders.advance(one.id, reserved());
  const seen = await take(events, 4);
  await events.return();
  expect(seen).toContain(`${other.id} 1 placed`);
  expect(seen.filter((each) => each.startsWith(one.id))).toEqual([
    `${one.id} 1 placed`,
    `${one.id} 2 validated`,
    `${one.id} 3 reserved`,
  ]);
});

it('tells only of orders that come into the wanted statuses', async () => {
  const events = await feed(['RESERVED', 'FAILED']);
  const { id } = await orders.place();
  await orders.advance(id, reserved(), { type: 'flagAttention', reason: 'x' });
  const other = await orders.place();
  await orders.advance(other.id, { type: 'recordNotSellable', skus: [] });
  expect(await take(events, 2)).toEqual([`${id} 3 reserved`, `${other.id} 2 failed`]);
  await events.return();
});

it('is left at once, also while it waits', async () => {
  const before = orders.live.listeners.size;
  const events = await feed();
  const waiting = events.next();
  await events.return();
  expect(await waiting).toMatchObject({ done: true });
  expect(orders.live.listeners.size).toBe(before);
});

it('drops the oldest where a subscriber reads far too slowly', async () => {
  const { id } = await orders.place();
  const events = await feed();
  const hint = { orderId: id, seq: 1, status: 'PENDING' };
  const other = await orders.place();
  await orders.live.publish([{ ...hint, orderId: other.id }, ...Array(10_000).fill(hint)]);
  const first = await events.next();
  expect(first.value).toMatchObject({ orderId: id });
  await events.return();
});

it('is for staff', async () => {
  await expect(orderFeed(orders.as(customer()), undefined)).rejects.toMatchObject({
    extensions: { code: 'FORBIDDEN' },
  });
});

it('reaches a client through the schema', async () => {
  const result = await subscribe({
    schema: orders.subgraph.schema,
    document: parse('subscription { orderFeed(statuses: [PENDING]) { orderId to } }'),
    contextValue: orders.as(STAFF),
  });
  const events = result as AsyncGenerator<{ data: object }>;
  const { id } = await orders.place();
  expect((await events.next()).value?.data).toEqual({
    orderFeed: { orderId: orderId.encode(id), to: 'PENDING' },
  });
  await events.return(undefined);
});
