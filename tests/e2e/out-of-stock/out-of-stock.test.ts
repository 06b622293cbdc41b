import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placed, stepsUntil } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

describe('an order for more than there is', () => {
  let shop: Shop;
  let customer: Customer;

  beforeAll(async () => {
    shop = await openShop();
    customer = await shop.customer();
  });
  afterAll(() => shop?.close());

  it('fails, holds nothing of its other lines and asks for no money', async () => {
    const [scarce, plenty] = await Promise.all([
      shop.product({ onHand: 1 }),
      shop.product({ onHand: 100 }),
    ]);
    const orderId = await placed(customer, {
      lines: [
        { sku: plenty, quantity: 10 },
        { sku: scarce, quantity: 2 },
      ],
    });
    const steps = await stepsUntil(customer, orderId, 'FAILED');
    expect(steps.at(-1)).toMatchObject({ reason: 'OUT_OF_STOCK' });
    expect(await shop.stock(plenty)).toMatchObject({ reserved: 0, available: 100 });
    expect(await shop.stock(scarce)).toMatchObject({ reserved: 0, available: 1 });
    const query = 'query ($id: ID!) { order(id: $id) { paymentStatus payments { state } } }';
    expect(await customer.ask(query, { id: orderId })).toEqual({
      order: { paymentStatus: 'NONE', payments: [] },
    });
  });
});
