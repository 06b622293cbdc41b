import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { expect, it, onTestFinished } from 'vitest';
import { openTestOrders } from '../testing/orders.js';

it('no index knows what every update of an order changes', async () => {
  const orders = await openTestOrders();
  onTestFinished(orders.close);
  const text = `select indexdef from pg_indexes where tablename = 'orders'`;
  const { db } = orders.as(ANONYMOUS);
  const indexes = await db.query<{ indexdef: string }>('test.indexes', text, []);
  expect(indexes.length).toBeGreaterThan(2);
  const changed = /\b(seq|history_hash|updated_at)\b/;
  expect(indexes.filter(({ indexdef }) => changed.test(indexdef))).toEqual([]);
});
