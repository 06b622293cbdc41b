import { globalId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STAFF, type System, startSystem } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await startSystem();
  await system.startWorkers();
  await system.ask(
    'catalog',
    STAFF,
    `mutation { createProduct(input: {title: "A", variants: [{sku: "A", price: "10.00", onHand: 5}]}) {
      userErrors { code } } }`,
  );
});
afterAll(() => system.close());

interface Placed {
  placeOrder: { order: { id: string } };
}

it('an order that costs nothing is confirmed whatever its card, and can be called off', async () => {
  const { placeOrder } = await system.ask<Placed>(
    'orders',
    STAFF,
    `mutation { placeOrder(input: {idempotencyKey: "free", paymentMethod: "pm_card_decline",
      lines: [{sku: "A", quantity: 2, quotedUnitPrice: "0.00"}]}) { order { id } } }`,
  );
  const { id } = placeOrder.order;
  const order = async () =>
    (
      await system.ask<{ order: object }>(
        'orders',
        STAFF,
        `{ order(id: "${id}") { status paymentStatus captured { amount } } }`,
      )
    ).order;
  const free = { captured: { amount: '0.00' } };
  await expect.poll(order, { timeout: 10_000 }).toEqual({
    ...free,
    status: 'CONFIRMED',
    paymentStatus: 'PAID',
  });
  const payments = await system.ask(
    'payments',
    STAFF,
    `{ _entities(representations: [{__typename: "Order", id: "${id}"}]) { ... on Order { payments { id } } } }`,
  );
  expect(payments).toEqual({ _entities: [{ payments: [] }] });

  await system.ask(
    'orders',
    STAFF,
    `mutation { cancelOrder(input: {orderId: "${id}"}) { userErrors { code } } }`,
  );
  await expect.poll(order, { timeout: 10_000 }).toMatchObject({ ...free, status: 'CANCELLED' });
  const commit = await system.commands.catalog.commitStock({
    orderId: globalId('Order').decode(id) ?? '',
  });
  expect(commit).toEqual({ outcome: 'NOT_HELD' });
});
