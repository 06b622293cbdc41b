import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOrder, stepsUntil } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

describe('the same idempotency key', () => {
  let shop: Shop;
  let customer: Customer;

  beforeAll(async () => {
    shop = await openShop();
    customer = await shop.customer();
  });
  afterAll(() => shop?.close());

  it('50 times in parallel is one order', async () => {
    const sku = await shop.product({ onHand: 100 });
    const request = { idempotencyKey: randomUUID(), lines: [{ sku, quantity: 1 }] };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => placeOrder(customer, request)),
    );
    const ids = new Set(answers.map(({ order }) => order?.id));
    expect(ids.size).toBe(1);
    expect(answers.filter(({ alreadyPlaced }) => !alreadyPlaced)).toHaveLength(1);
    await stepsUntil(customer, [...ids][0] ?? '', 'CONFIRMED');
    expect(await shop.stock(sku)).toMatchObject({ reserved: 1 });
    const query = '{ me { orders(first: 100) { edges { node { id } } } } }';
    const { me } = await customer.ask<{ me: { orders: { edges: unknown[] } } }>(query);
    expect(me.orders.edges).toHaveLength(1);
  });

  it('with a different body is a typed error', async () => {
    const sku = await shop.product();
    const idempotencyKey = randomUUID();
    await placeOrder(customer, { idempotencyKey, lines: [{ sku, quantity: 1 }] });
    const changed = await placeOrder(customer, { idempotencyKey, lines: [{ sku, quantity: 2 }] });
    expect(changed.order).toBeNull();
    expect(changed.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT' }]);
  });

  it("of somebody else is somebody else's", async () => {
    const sku = await shop.product();
    const request = { idempotencyKey: randomUUID(), lines: [{ sku, quantity: 1 }] };
    const mine = await placeOrder(customer, request);
    const theirs = await placeOrder(await shop.customer(), request);
    expect(theirs.alreadyPlaced).toBe(false);
    expect(theirs.order?.id).not.toBe(mine.order?.id);
  });
});
