import { openDatabase } from '@waybill/kernel/database.js';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it } from 'vitest';
import { MIGRATIONS } from '../migrations.js';
import { OrderTable } from '../tables.js';
import { openTestOrders } from '../testing/orders.js';
import { confirm } from '../testing/steps.js';

/** Two units of A for 10.00 each in all, of which 3.00 were given back. */
const ORDERS = `
  insert into orders (id, placed_by, idempotency_key, request_hash, status, payment_status, seq, currency, total, authorized,
    captured, refunded, notify)
  select i, i, 'k', 'h', 'DELIVERED', 'PAID', 4, 'GBP', 2000, 2000, 2000, 300, true from unnest($1::uuid[]) i`;

const LINES = `
  insert into order_lines (order_id, line_number, kind, sku, title, quantity, unit_price)
  select i, 1, 'PRODUCT', 'A', 'An A', 2, 1000 from unnest($1::uuid[]) i`;

const EVENTS = `
  insert into order_events (order_id, seq, id, type, from_status, to_status, actor, data, at)
  select i, n, gen_random_uuid(), (array['placed', 'confirmed', 'refunded', 'delivered'])[n], null,
    case n when 1 then 'PENDING' else 'DELIVERED' end, 'user:x', '{}', '2025-01-31T23:59:59Z'::timestamptz + n * interval '1 day'
  from unnest($1::uuid[]) i, generate_series(1, 4) n`;

it('what was sold before sales were summed up is summed up, and what waits for other sums is not counted twice', async () => {
  const url = await testDatabase();
  const migrateTo = async (name: string | undefined) => {
    const until = MIGRATIONS.findIndex((migration) => migration.name === name);
    const migrations = MIGRATIONS.slice(0, until < 0 ? undefined : until);
    return openDatabase({ url, entities: [OrderTable], migrations });
  };
  const before = await migrateTo('20261121-history-chain');
  const ids = Array.from({ length: 3 }, newId);
  await before.query('test.orders', ORDERS, [ids]);
  await before.query('test.lines', LINES, [ids]);
  await before.query('test.events', EVENTS, [ids]);
  await before.close();
  const waiting = await migrateTo('20261121-sales');
  await waiting.query(
    'test.waiting',
    `insert into unprojected (order_id, seq, type) select i, 2, 'confirmed' from unnest($1::uuid[]) i`,
    [ids],
  );
  await waiting.close();

  const orders = await openTestOrders(url);
  await confirm(orders, await orders.place());
  await orders.project();
  const days = await orders.as(ANONYMOUS).db.query(
    'test.days',
    `select start::text as day, units::int, gross::int, refunded::int, orders::int
     from sales_days where breakdown = 'SKU' and start < '2026-01-01' order by 1, 2`,
  );
  // Of orders older than their histories only what they are is known, and not when they came to be it.
  expect(days).toEqual([{ day: '2025-02-02', units: 6, gross: 6000, refunded: 900, orders: 3 }]);
  await orders.close();
});
