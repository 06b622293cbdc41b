import { openDatabase } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it } from 'vitest';
import { VariantTable } from '../tables.js';
import { openTestCatalog, STAFF } from '../testing/catalog.js';
import { CreateCatalog } from './20261120-create-catalog.js';

it('keeps what variants cost, and have cost, in the main storefront and its currency', async () => {
  const url = await testDatabase();
  const db = await openDatabase({ url, entities: [VariantTable], migrations: [CreateCatalog] });
  const ids = [newId(), newId(), newId()];
  await db.query(
    'test.products',
    `insert into products (id, sku, title, price_minor, currency) values
       ($1, 'SAME', 'Same', 200, 'EUR'), ($2, 'OTHER', 'Other', 300, 'EUR'), ($3, 'NEVER', 'Never', 400, 'EUR')`,
    ids,
  );
  await db.query(
    'test.history',
    `insert into price_history (product_id, valid_from, price_minor, currency) values
       ($1, '2020-01-01T10:00:00.123456Z', 100, 'EUR'), ($1, '2021-01-01Z', 200, 'EUR'),
       ($2, '2020-01-01Z', 200, 'EUR')`,
    ids.slice(0, 2),
  );
  await db.close();

  const catalog = await openTestCatalog(url);
  const pricesOf = async (sku: string) => {
    const { productVariant } = await catalog.ask<{ productVariant: Priced }>(
      PRICES,
      { sku },
      STAFF,
    );
    const { price, priceHistory } = productVariant;
    return [price, ...priceHistory.edges.map(({ node }) => node.price)].map(({ amount }) => amount);
  };
  expect(await pricesOf('SAME')).toEqual(['2.00', '2.00', '1.00']);
  expect(await pricesOf('OTHER')).toEqual(['3.00', '3.00', '2.00']);
  expect(await pricesOf('NEVER')).toEqual(['4.00', '4.00']);
  expect(await catalog.ask('{ storefront(code: "main") { currency } }')).toEqual({
    storefront: { currency: 'EUR' },
  });
  await catalog.close();
});

interface Priced {
  price: { amount: string };
  priceHistory: { edges: Array<{ node: { price: { amount: string } } }> };
}

const PRICES = `query ($sku: String!) {
  productVariant(sku: $sku) { price { amount } priceHistory { edges { node { price { amount } } } } }
}`;
