import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, openTestCatalog, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.stock('A', 3);
  await catalog.stock('OLD', 5);
  await catalog.db.query('test.old', `update variants set active = false where sku = 'OLD'`);
});
afterAll(() => catalog.close());

describe('quoteItem', () => {
  it('quotes what is for sale, in one statement', async () => {
    const items = [{ sku: 'A', quantity: 1 }];
    await catalog.commands.reserveStock([{ orderId: newId(), items, ttlSeconds: 60 }]);
    const statements = countStatements();
    const skus = ['NONE', 'A', 'OLD', 'A', 'A\0'];
    const quotes = await catalog.commands.quoteItem(skus.map((sku) => ({ sku })));
    const quote = {
      variantId: expect.any(String),
      sku: 'A',
      title: 'A',
      unitPrice: 100,
      currency: 'GBP',
      available: 2,
    };
    expect(quotes).toEqual([null, quote, null, quote, null]);
    expect(statements()).toBe(1);
  });
});
