import { openDatabase } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it } from 'vitest';
import { MIGRATIONS } from '../migrations.js';
import { OrderTable } from '../tables.js';
import { faultyHistories } from '../testing/histories.js';

const ORDERS = `
  insert into orders (id, placed_by, idempotency_key, request_hash, status, seq, currency, total, notify)
  select i, i, 'k', 'h', 'RESERVED', 3, 'GBP', 1000, true from unnest($1::uuid[]) i`;

const LINES = `
  insert into order_lines (order_id, line_number, kind, sku, title, quantity, unit_price)
  select i, 1, 'PRODUCT', 'A', 'An A', 2, 500 from unnest($1::uuid[]) i`;

const EVENTS = `
  insert into order_events (order_id, seq, id, type, from_status, to_status, actor, data)
  select i, n, gen_random_uuid(), 'any', null, case n when 3 then 'RESERVED' else 'PENDING' end, 'user:x',
    jsonb_build_object('seq', n, 'longer', array[1.5, 2], 'b', 'ä"')
  from unnest($1::uuid[]) i, generate_series(1, 3) n`;

it('orders that were there before have a chain, and a history that tells what they are', async () => {
  const url = await testDatabase();
  const until = MIGRATIONS.findIndex(({ name }) => name === '20261121-history-chain');
  const before = await openDatabase({
    url,
    entities: [OrderTable],
    migrations: MIGRATIONS.slice(0, until),
  });
  const ids = Array.from({ length: 1200 }, newId);
  await before.query('test.orders', ORDERS, [ids]);
  await before.query('test.lines', LINES, [ids]);
  await before.query('test.events', EVENTS, [ids]);
  await before.close();

  const db = await openDatabase({ url, entities: [OrderTable], migrations: MIGRATIONS });
  expect(await faultyHistories(db)).toEqual({});
  const [row] = await db.query(
    'test.chained',
    'select count(distinct history_hash)::int as n from orders',
  );
  expect(row).toEqual({ n: 1200 });
  const change = db.query('test.change', `update order_events set reason = 'x'`);
  await expect(change).rejects.toThrow('append-only');
  await db.close();
});
