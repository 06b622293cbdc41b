import { newId } from '@waybill/kernel/ids.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gate, intercept } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import {
  type OrdersAtWork,
  ordersAtWork,
  type Placed,
  type Wish,
} from '../support/orders-at-work.js';
import { STAFF, type System, startSystem } from '../support/system.js';

let system: System;
let at: OrdersAtWork;
/** Where the refund of an order waits for somebody to let it go on. */
const afterRefund = new Map<string, ReturnType<typeof gate>>();

beforeAll(async () => {
  system = await startSystem({
    tamper: intercept(async ({ name, orderId }, proceed) => {
      const answer = await proceed();
      if (name === 'payments.refundPayment') await afterRefund.get(orderId)?.pass();
      return answer;
    }),
  });
  at = ordersAtWork(system);
  await system.startWorkers();
});
afterEach(() => invariants(system));
afterAll(() => system.close());

async function confirmed(wish: Wish = {}) {
  const order = await at.place({ quantity: 3, ...wish });
  await at.reaches(order, 'CONFIRMED');
  return order;
}

async function shipped(wish: Wish = {}) {
  const order = await confirmed(wish);
  await at.fulfill(order);
  await at.reaches(order, 'SHIPPED');
  return order;
}

describe('shipping', () => {
  it('takes the units out of stock', async () => {
    const order = await shipped();
    expect((await at.history(order)).slice(-4)).toEqual([
      'processing',
      'fulfillment_created',
      'shipment_requested',
      'shipped',
    ]);
    expect(await at.holdState(order)).toBe('CONSUMED');
    expect(await at.stock(order.sku)).toEqual({ onHand: 997, reserved: 0 });
  });

  it('happens once, however often it is asked for', async () => {
    const order = await confirmed();
    await Promise.all([at.fulfill(order), at.fulfill(order), at.fulfill(order)]);
    await at.reaches(order, 'SHIPPED');
    expect(await at.stock(order.sku)).toEqual({ onHand: 997, reserved: 0 });
  });

  it('wins or loses against a cancellation, and never half', async () => {
    const orders = await Promise.all(Array.from({ length: 12 }, () => confirmed()));
    await Promise.all(orders.flatMap((order) => [at.fulfill(order), at.cancel(order)]));
    const ended = ({ status }: { status: string }) => ['SHIPPED', 'CANCELLED'].includes(status);
    for (const order of orders) {
      await expect.poll(async () => ended(await at.state(order))).toBe(true);
    }
  });
});

describe('a refund', () => {
  it('in part gives back money and goods', async () => {
    const order = await shipped();
    await at.refund(order, 1, true);
    await at.reaches(order, { refund: 'PARTIALLY_REFUNDED', payment: 'PAID', open: 0 });
    expect(await at.payments(order)).toMatchObject([{ captured: 3000, refunded: 1000 }]);
    expect(await at.stock(order.sku)).toEqual({ onHand: 998, reserved: 0 });
  });

  it('in full, in two steps, leaves nothing to refund', async () => {
    const order = await shipped();
    await at.refund(order, 1, true);
    await at.refund(order, 2, true);
    await at.reaches(order, { refund: 'REFUNDED', open: 0 });
    expect(await at.payments(order)).toMatchObject([{ state: 'REFUNDED', refunded: 3000 }]);
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
    expect(await at.refund(order, 1, true)).toMatchObject({
      userErrors: [{ code: 'EXCEEDS_REFUNDABLE' }],
    });
  });

  it('without restock leaves stock alone', async () => {
    const order = await shipped();
    await at.refund(order, 3, false);
    await at.reaches(order, { refund: 'REFUNDED', open: 0 });
    expect(await at.stock(order.sku)).toEqual({ onHand: 997, reserved: 0 });
  });

  it('refused by the provider changes nothing, and can be asked for again', async () => {
    const order = await shipped({ card: 'pm_card_refund_fails' });
    for (const _ of ['first', 'again']) {
      expect((await at.refund(order, 3, true)).userErrors).toEqual([]);
      await at.reaches(order, { refund: 'NONE', open: 0, attention: null });
    }
    expect((await at.history(order)).slice(-2)).toEqual(['refund_requested', 'refund_failed']);
    expect(await at.stock(order.sku)).toEqual({ onHand: 997, reserved: 0 });
  });

  it('asked for ten times at once never exceeds what was paid', async () => {
    const order = await shipped();
    const asked = await Promise.all(Array.from({ length: 10 }, () => at.refund(order, 1, true)));
    expect(asked.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(3);
    await at.reaches(order, { refund: 'REFUNDED', open: 0 });
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
  });

  it('under way while its order is cancelled is counted once', async () => {
    const order = await confirmed();
    const held = gate();
    afterRefund.set(order.id, held);
    await at.refund(order, 1, false);
    await held.reached;
    await at.cancel(order);
    await at.reaches(order, 'CANCELLED');
    held.open();
    await at.reaches(order, { status: 'CANCELLED', refund: 'REFUNDED', open: 0 });
    expect(await at.payments(order)).toMatchObject([{ captured: 3000, refunded: 3000 }]);
  });
});

describe('a return', () => {
  const record = ({ gid }: Placed, quantity: number, restock: number) =>
    system.ask<{ payload: { return: { id: string }; userErrors: unknown[] } }>(
      'orders',
      STAFF,
      `mutation ($input: RecordReturnInput!) {
         payload: recordReturn(input: $input) { return { id } userErrors { code } } }`,
      {
        input: {
          orderId: gid,
          idempotencyKey: newId(),
          lines: [{ lineNumber: 1, quantity, restock }],
        },
      },
    );

  it('gives back money, and to stock what can be sold again', async () => {
    const order = await shipped();
    await record(order, 2, 1);
    await at.reaches(order, { refund: 'PARTIALLY_REFUNDED', open: 0 });
    await expect.poll(() => at.stock(order.sku)).toEqual({ onHand: 998, reserved: 0 });
    expect(await at.payments(order)).toMatchObject([{ captured: 3000, refunded: 2000 }]);
    await expect.poll(() => at.history(order)).toContain('return_restocked');
  });

  it('recorded many times at once never brings back more than left', async () => {
    const order = await shipped();
    const answers = await Promise.all(Array.from({ length: 6 }, () => record(order, 1, 1)));
    expect(answers.filter(({ payload }) => payload.userErrors.length === 0)).toHaveLength(3);
    await at.reaches(order, { refund: 'REFUNDED', open: 0 });
    await expect.poll(() => at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
  });
});
