import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it, onTestFinished } from 'vitest';
import { openPaymentsDatabase } from '../index.js';

it('no index knows what each step of an ordinary payment changes', async () => {
  const db = await openPaymentsDatabase(await testDatabase());
  onTestFinished(db.close);
  const text = `select indexdef from pg_indexes where tablename = 'payments'`;
  const indexes = await db.query<{ indexdef: string }>('test.indexes', text, []);
  expect(indexes.length).toBeGreaterThan(2);
  const changed =
    /\b(state|authorized|captured|refunded|provider_reference|failure_code|updated_at)\b/;
  expect(indexes.filter(({ indexdef }) => changed.test(indexdef))).toEqual([]);
});
