import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { follow, placed, ship, stepsUntil } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

const REFUND = `mutation ($input: RefundOrderInput!) {
  refundOrder(input: $input) { refund { id } alreadyRequested userErrors { code } }
}`;

interface Refunded {
  refundOrder: {
    refund: { id: string } | null;
    alreadyRequested: boolean;
    userErrors: Array<{ code: string }>;
  };
}

const MONEY = `query ($id: ID!) {
  order(id: $id) { refundStatus refunded { amount } payments { state refunded { amount } } }
}`;

describe('an order of which staff refund a part', () => {
  let shop: Shop;
  let customer: Customer;
  let sku: string;
  let orderId: string;

  beforeAll(async () => {
    shop = await openShop();
    customer = await shop.customer();
    sku = await shop.product({ price: '7.50', onHand: 10 });
    orderId = await placed(customer, { lines: [{ sku, quantity: 4 }] });
    await stepsUntil(customer, orderId, 'CONFIRMED');
    await ship(shop.staff, orderId);
    await stepsUntil(customer, orderId, 'SHIPPED');
  });
  afterAll(() => shop?.close());

  it('gives the money back once, and the goods to stock', async () => {
    const subscription = await follow(customer, orderId);
    const lines = [{ lineNumber: 1, quantity: 1 }];
    const input = { orderId, idempotencyKey: randomUUID(), lines, restock: true };
    const first = await shop.staff.ask<Refunded>(REFUND, { input });
    const again = await shop.staff.ask<Refunded>(REFUND, { input });
    expect(again.refundOrder).toMatchObject({ ...first.refundOrder, alreadyRequested: true });

    await subscription.until(({ orderUpdates }) => orderUpdates.type === 'REFUNDED');
    await subscription.close();
    expect(await customer.ask(MONEY, { id: orderId })).toEqual({
      order: {
        refundStatus: 'PARTIALLY_REFUNDED',
        refunded: { amount: '7.50' },
        payments: [{ state: 'PARTIALLY_REFUNDED', refunded: { amount: '7.50' } }],
      },
    });
    await expect.poll(() => shop.stock(sku)).toEqual({ onHand: 7, reserved: 0, available: 7 });
  });

  it('refuses more than was bought', async () => {
    const lines = [{ lineNumber: 1, quantity: 4 }];
    const input = { orderId, idempotencyKey: randomUUID(), lines };
    const { refundOrder } = await shop.staff.ask<Refunded>(REFUND, { input });
    expect(refundOrder).toMatchObject({
      refund: null,
      userErrors: [{ code: 'EXCEEDS_REFUNDABLE' }],
    });
  });

  it('is not for customers to ask', async () => {
    const input = {
      orderId,
      idempotencyKey: randomUUID(),
      lines: [{ lineNumber: 1, quantity: 1 }],
    };
    const answer = await customer.answer<Refunded>(REFUND, { input });
    expect(JSON.stringify(answer)).toContain('FORBIDDEN');
  });
});
