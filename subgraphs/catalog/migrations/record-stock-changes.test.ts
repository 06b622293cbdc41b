import { openDatabase } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it } from 'vitest';
import { VariantTable } from '../tables.js';
import { openTestCatalog } from '../testing/catalog.js';
import { CreateCatalog } from './20261120-create-catalog.js';
import { ConsumeInParts } from './20261121-consume-in-parts.js';

it('opens an account for what is on hand, and nobody rewrites it', async () => {
  const url = await testDatabase();
  const migrations = [CreateCatalog, ConsumeInParts];
  const db = await openDatabase({ url, entities: [VariantTable], migrations });
  await db.query(
    'test.products',
    `insert into products (id, sku, title, price_minor, currency, on_hand)
     values ($1, 'SOME', 'Some', 100, 'GBP', 7), ($2, 'NONE', 'None', 100, 'GBP', 0)`,
    [newId(), newId()],
  );
  await db.close();

  const catalog = await openTestCatalog(url);
  expect(await catalog.changes('SOME')).toMatchObject([{ reason: 'RECEIVED', delta: 7 }]);
  expect(await catalog.changes('NONE')).toEqual([]);
  expect(await catalog.unaccounted()).toEqual([]);
  for (const text of ['update stock_changes set delta = 8', 'delete from stock_changes']) {
    await expect(catalog.db.query(text, text)).rejects.toThrow('append-only');
  }
  await catalog.close();
});
