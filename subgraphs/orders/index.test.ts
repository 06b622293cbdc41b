import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { expect, it } from 'vitest';
import { openTestOrders } from './testing/orders.js';
import { confirm } from './testing/steps.js';

it('publishes each event once it is committed, in order, and tells those who watch', async () => {
  const orders = await openTestOrders();
  const told: number[] = [];
  orders.live.subscribe((changes) => told.push(...changes.map(({ seq }) => seq)));
  await orders.subgraph.start();
  const { id } = await confirm(orders, await orders.place());
  await expect.poll(() => orders.published.length).toBe(5);
  expect(orders.published.map(({ subject, type }) => `${subject} ${type}`)).toEqual(
    ['placed', 'validated', 'reserved', 'authorized', 'confirmed'].map(
      (type) => `${id} order.${type}`,
    ),
  );
  await expect.poll(() => told).toEqual([1, 2, 3, 4, 5]);
  // Who watches is told after the jobs, and events leave the outbox after both.
  const left = () => orders.as(ANONYMOUS).db.query('test.outbox', 'select id from outbox');
  await expect.poll(left).toEqual([]);
  await orders.close();
});

it('publishes after a restart what was committed before it', async () => {
  const first = await openTestOrders();
  const { id } = await first.place();
  await first.close();
  expect(first.published).toEqual([]);
  const second = await openTestOrders(first.url);
  await second.subgraph.start();
  await expect.poll(() => second.published.map(({ subject }) => subject)).toEqual([id]);
  await second.close();
});

it('orders go on where nobody can be told live', async () => {
  const orders = await openTestOrders();
  orders.live.publish = () => Promise.reject(new Error('relay away'));
  await orders.subgraph.start();
  await orders.place();
  await expect.poll(() => orders.published.length).toBe(1);
  await orders.place();
  await expect.poll(() => orders.published.length).toBe(2);
  await orders.close();
});

it('is ready while its database answers', async () => {
  const orders = await openTestOrders();
  await orders.subgraph.ready();
  await orders.close();
  await expect(orders.subgraph.ready()).rejects.toThrow();
});
