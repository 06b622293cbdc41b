import { openDatabase } from '@waybill/kernel/database.js';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it, onTestFinished } from 'vitest';
import { listOrders } from '../lists/list-orders.js';
import { MIGRATIONS } from '../migrations.js';
import { OrderTable } from '../tables.js';
import { openTestOrders } from '../testing/orders.js';

it('orders that were placed before there were projections are found as all others', async () => {
  const url = await testDatabase();
  const at = MIGRATIONS.findIndex(({ name }) => name === '20261121-projections');
  const migrations = MIGRATIONS.slice(0, at);
  const before = await openDatabase({ url, entities: [OrderTable], migrations });
  const id = newId();
  await before.query(
    'test.placed',
    `insert into orders (id, placed_by, idempotency_key, request_hash, status, seq, currency, total, payments, notify)
     values ($1, $1, 'old', '', 'DELIVERED', 1, 'GBP', 500, '[]', false)`,
    [id],
  );
  await before.query(
    'test.line',
    `insert into order_lines (order_id, line_number, kind, sku, title, quantity, unit_price)
     values ($1, 1, 'PRODUCT', 'TEA', 'Green tea', 1, 500)`,
    [id],
  );
  await before.close();

  const orders = await openTestOrders(url);
  onTestFinished(orders.close);
  await orders.project();
  const { db } = orders.as(ANONYMOUS);
  const found = await listOrders(db, { search: 'green' }, { limit: 2, after: undefined });
  expect(found.map((order) => order.id)).toEqual([id]);
});
