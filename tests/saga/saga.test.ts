import { afterAll, beforeAll, expect, it } from 'vitest';
import { customer, STAFF, type System, startSystem } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await startSystem();
  await system.startWorkers();
  const r = await system.ask(
    'catalog',
    STAFF,
    `mutation { createProduct(input: {sku: "A", title: "A", category: "c", price: "10.00", onHand: 5}) { product { sku } userErrors { code message } } }`,
  );
  console.log(JSON.stringify(r));
});
afterAll(() => system.close());

it('an order settles', async () => {
  const me = customer();
  const r = await system.ask<any>(
    'orders',
    me,
    `mutation { placeOrder(input: {idempotencyKey: "k", lines: [{sku: "A", quantity: 2}], paymentMethod: "pm_card_approve"}) { alreadyPlaced order { id status total { amount } } userErrors { code message } } }`,
  );
  console.log(JSON.stringify(r));
  await expect
    .poll(
      async () =>
        (
          await system.ask<any>(
            'orders',
            me,
            `{ order(id: "${r.placeOrder.order.id}") { status needsAttention reason } }`,
          )
        ).order.status,
      { timeout: 5000 },
    )
    .toBe('CONFIRMED');
  console.log(
    JSON.stringify(
      await system.ask<any>(
        'orders',
        me,
        `{ order(id: "${r.placeOrder.order.id}") { number displayStatus captured { amount currency } lines { total {amount} product {sku}} events { edges { node { seq type from to at actor { kind } } } } } }`,
      ),
    ),
  );
});
