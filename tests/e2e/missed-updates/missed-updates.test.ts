import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder, follow, placed, stepsUntil } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

describe('a subscriber who comes back', () => {
  let shop: Shop;
  let customer: Customer;

  beforeAll(async () => {
    shop = await openShop();
    customer = await shop.customer();
  });
  afterAll(() => shop?.close());

  it('is told what was missed after the last seq seen, then what is new', async () => {
    const sku = await shop.product();
    const orderId = await placed(customer, { lines: [{ sku, quantity: 1 }] });
    const all = await stepsUntil(customer, orderId, 'CONFIRMED');

    const back = await follow(customer, orderId, 2);
    const missed = await back.until(({ orderUpdates }) => orderUpdates.to === 'CONFIRMED');
    expect(missed.map(({ orderUpdates }) => orderUpdates)).toEqual(all.slice(2));

    await cancelOrder(customer, { orderId });
    const fresh = await back.until(({ orderUpdates }) => orderUpdates.to === 'CANCELLED');
    await back.close();
    const seqs = [...missed, ...fresh].map(({ orderUpdates }) => orderUpdates.seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 3));
  });
});
