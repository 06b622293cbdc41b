import { openDatabase } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it } from 'vitest';
import { openPaymentsDatabase } from '../index.js';
import { PaymentTable } from '../tables.js';
import { CreatePayments } from './20261120-create-payments.js';
import { TraceOutbox } from './20261120-trace-outbox.js';

it('payments and refunds of before are captures and refunds of the whole, and in the books', async () => {
  const url = await testDatabase();
  const before = await openDatabase({
    url,
    entities: [PaymentTable],
    migrations: [
      { name: '20261120-create-payments', class: CreatePayments },
      { name: '20261120-trace-outbox', class: TraceOutbox },
    ],
  });
  const [paymentId, orderId, refundId] = [newId(), newId(), newId()];
  await before.query(
    'test.payment',
    `insert into payments (id, order_id, attempt, state, amount, authorized, captured, refunded,
       currency, method, provider)
     values ($1, $2, 1, 'PARTIALLY_REFUNDED', 500, 500, 500, 20, 'GBP', 'pm', 'simulator')`,
    [paymentId, orderId],
  );
  await before.query(
    'test.refund',
    `insert into refunds (id, payment_id, amount, state, reason)
     values ($1, $2, 20, 'REFUNDED', 'late')`,
    [refundId, paymentId],
  );
  await before.close();

  const after = await openPaymentsDatabase(url);
  const captures = await after.query('test.captures', 'select * from captures');
  expect(captures).toMatchObject([
    { payment_id: paymentId, capture_id: orderId, amount: '500', final: true, state: 'CAPTURED' },
  ]);
  const refunds = await after.query('test.refunds', 'select id, refund_id from refunds');
  expect(refunds).toEqual([{ id: refundId, refund_id: refundId }]);
  const entries = await after.query(
    'test.entries',
    `select transfer_id, account, amount::int from ledger_entries order by amount`,
  );
  const [capture] = await after.query<{ transfer_id: string }>(
    'test.transfer',
    'select transfer_id from captures',
  );
  expect(entries).toEqual([
    { transfer_id: capture?.transfer_id, account: 'CUSTOMER_PAYMENTS', amount: -500 },
    { transfer_id: refundId, account: 'PROVIDER_RECEIVABLE', amount: -20 },
    { transfer_id: refundId, account: 'REFUNDS', amount: 20 },
    { transfer_id: capture?.transfer_id, account: 'PROVIDER_RECEIVABLE', amount: 500 },
  ]);
  await after.close();
});
