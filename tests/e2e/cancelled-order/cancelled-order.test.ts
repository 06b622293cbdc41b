import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder, gapless, placed, ship, stepsUntil } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

describe('an order that its customer cancels', () => {
  let shop: Shop;
  let customer: Customer;

  beforeAll(async () => {
    shop = await openShop();
    customer = await shop.customer();
  });
  afterAll(() => shop?.close());

  it('gives back money and stock', async () => {
    const sku = await shop.product({ price: '20.00', onHand: 4 });
    const orderId = await placed(customer, { lines: [{ sku, quantity: 4 }] });
    await stepsUntil(customer, orderId, 'CONFIRMED');
    await cancelOrder(customer, { orderId, reason: 'Changed my mind' });
    const steps = await stepsUntil(customer, orderId, 'CANCELLED');
    expect(steps.map(({ seq }) => seq)).toEqual(gapless(steps));
    expect(await shop.stock(sku)).toEqual({ onHand: 4, reserved: 0, available: 4 });
    const query = `query ($id: ID!) {
      order(id: $id) { reason payments { captured { amount } refunded { amount } } }
    }`;
    expect(await customer.ask(query, { id: orderId })).toEqual({
      order: {
        reason: 'Changed my mind',
        payments: [{ captured: { amount: '80.00' }, refunded: { amount: '80.00' } }],
      },
    });
  });

  it('can no longer be cancelled once it is on its way', async () => {
    const sku = await shop.product();
    const orderId = await placed(customer, { lines: [{ sku, quantity: 1 }] });
    await stepsUntil(customer, orderId, 'CONFIRMED');
    await ship(shop.staff, orderId);
    await stepsUntil(customer, orderId, 'SHIPPED');
    expect(await cancelOrder(customer, { orderId })).toEqual([{ code: 'INVALID_STATE' }]);
  });
});
