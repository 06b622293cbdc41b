import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
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
    const storefrontId = MAIN_STOREFRONT_ID;
    const quotes = await catalog.commands.quoteItem(skus.map((sku) => ({ sku, storefrontId })));
    const item = {
      variantId: expect.any(String),
      sku: 'A',
      title: 'A',
      unitPrice: 100,
      priceId: expect.any(String),
      currency: 'GBP',
      available: 2,
    };
    const [quote, none] = [item, null].map((each) => ({ captureOn: null, item: each }));
    expect(quotes).toEqual([none, quote, none, quote, none]);
    expect(statements()).toBe(1);
  });

  it('answers the policy of the storefront along, and nothing of one that there is not', async () => {
    const strict = newId();
    await catalog.db.query(
      'test.storefront',
      `insert into storefronts (id, code, name, currency, locale, capture_on)
       values ($1, 'strict', 'Strict', 'GBP', 'en', 'SHIPMENT')`,
      [strict],
    );
    await catalog.db.query(
      'test.price',
      `insert into prices (id, variant_id, storefront_id, amount, currency, valid_from, set_by)
       select gen_random_uuid(), id, $1, 250, 'GBP', now(), 'test' from variants where sku = 'A'`,
      [strict],
    );
    await catalog.publish('A', strict);
    const inputs = [strict, MAIN_STOREFRONT_ID, newId()].map((storefrontId) => ({
      ...{ storefrontId, sku: 'A' },
    }));
    expect(await catalog.commands.quoteItem(inputs)).toMatchObject([
      { captureOn: 'SHIPMENT', item: { sku: 'A', unitPrice: 250 } },
      { captureOn: null, item: { sku: 'A', unitPrice: 100 } },
      null,
    ]);
    await catalog.stock('PRICELESS', 1);
    await catalog.publish('PRICELESS', strict);
    const [quote] = await catalog.commands.quoteItem([{ sku: 'PRICELESS', storefrontId: strict }]);
    expect(quote).toEqual({ captureOn: 'SHIPMENT', item: null });
  });
});
