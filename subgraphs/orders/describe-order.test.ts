import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOrders, STAFF, type TestOrders } from './testing/orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

it('tells an order as a mail does, line by line', async () => {
  const lines = [
    { sku: 'B', quantity: 4 },
    { sku: 'A', quantity: 1 },
  ];
  const charges = [{ code: 'POST', title: 'Postage', quantity: 1, unitPrice: '3.00' }];
  const { id, number } = await orders.place({ lines, charges }, STAFF);
  await orders.advance(id, { type: 'recordNotSellable', skus: ['A'] });
  expect(await orders.commands.describeOrder({ orderId: id })).toEqual({
    storefrontId: MAIN_STOREFRONT_ID,
    number: String(number),
    currency: 'GBP',
    total: 2300,
    reason: 'NOT_SELLABLE',
    guest: null,
    lines: [
      { title: 'Product B', quantity: 4, unitPrice: 250 },
      { title: 'Product A', quantity: 1, unitPrice: 1000 },
      { title: 'Postage', quantity: 1, unitPrice: 300 },
    ],
  });
});

it('knows nothing of an order that does not exist', async () => {
  expect(await orders.commands.describeOrder({ orderId: newId() })).toBe(null);
});
