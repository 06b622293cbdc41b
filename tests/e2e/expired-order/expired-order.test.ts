import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gapless, placed, stepsUntil } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

describe('an order that is not paid in time', () => {
  let shop: Shop;
  let customer: Customer;

  beforeAll(async () => {
    shop = await openShop({ reservationTtlSeconds: 1 });
    customer = await shop.customer();
  });
  afterAll(() => shop?.close());

  it('expires, and others can buy what it held', async () => {
    const sku = await shop.product({ onHand: 2 });
    const lines = [{ sku, quantity: 2 }];
    const paymentMethod = 'pm_card_insufficient_funds';
    const orderId = await placed(customer, { lines, paymentMethod });
    const steps = await stepsUntil(customer, orderId, 'EXPIRED');
    expect(steps.map(({ to }) => to)).toContain('RESERVED');
    expect(steps.map(({ seq }) => seq)).toEqual(gapless(steps));
    expect(await shop.stock(sku)).toEqual({ onHand: 2, reserved: 0, available: 2 });

    const next = await placed(await shop.customer(), { lines });
    await stepsUntil(shop.staff, next, 'CONFIRMED');
  });
});
