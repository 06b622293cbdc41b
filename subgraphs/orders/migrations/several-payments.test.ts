import { openDatabase } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it } from 'vitest';
import { OrderTable } from '../tables.js';
import { CreateOrders } from './20261120-create-orders.js';
import { SeveralPayments } from './20261121-several-payments.js';
import { WholeLife } from './20261121-whole-life.js';

const BEFORE = [
  { name: '20261120-create-orders', class: CreateOrders },
  { name: '20261121-whole-life', class: WholeLife },
];
const AFTER = [...BEFORE, { name: '20261121-several-payments', class: SeveralPayments }];

it('the payments of before are one attempt for all of it, as far as it came', async () => {
  const url = await testDatabase();
  const before = await openDatabase({ url, entities: [OrderTable], migrations: BEFORE });
  const insert = (key: string, status: string, payment: string, attempt: number, last: number) =>
    before.query(
      'test.order',
      `insert into orders (id, placed_by, idempotency_key, request_hash, status, payment_status, seq,
         currency, total, payment_method, payment_attempt, declined_attempt, notify)
       values ($1, $1, $2, '', $3, $4, 1, 'GBP', 500, 'pm', $5, $6, false)`,
      [newId(), key, status, payment, attempt, last],
    );
  await insert('being paid', 'RESERVED', 'NONE', 2, 1);
  await insert('declined', 'RESERVED', 'NONE', 2, 2);
  await insert('authorized', 'AUTHORIZED', 'AUTHORIZED', 1, 0);
  await before.close();

  const after = await openDatabase({ url, entities: [OrderTable], migrations: AFTER });
  const rows = await after.query<{ key: string; payments: object[]; authorized: number }>(
    'test.payments',
    'select idempotency_key as key, payments, authorized::int from orders order by number',
  );
  const all = { method: 'pm', amount: 500 };
  expect(rows).toEqual([
    { key: 'being paid', payments: [{ ...all, attempt: 2, state: 'DUE' }], authorized: 0 },
    { key: 'declined', payments: [{ ...all, attempt: 2, state: 'DECLINED' }], authorized: 0 },
    { key: 'authorized', payments: [{ ...all, attempt: 1, state: 'AUTHORIZED' }], authorized: 500 },
  ]);
  await after.close();
});
