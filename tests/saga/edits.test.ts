import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gate, intercept } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { type System, startSystem } from '../support/system.js';

let system: System;
let at: OrdersAtWork;
/** Where the edit of an order waits, its money authorized, for somebody to let it go on. */
const authorized = new Map<string, ReturnType<typeof gate>>();
/** Where the units that an order gave up wait before they go back. */
const givenUp = new Map<string, ReturnType<typeof gate>>();

beforeAll(async () => {
  system = await startSystem({
    tamper: intercept(async ({ name, orderId }, proceed) => {
      if (name === 'catalog.releaseItems') await givenUp.get(orderId)?.pass();
      const answer = await proceed();
      if (name === 'payments.authorizePayment') await authorized.get(orderId)?.pass();
      return answer;
    }),
  });
  at = ordersAtWork(system);
  await system.startWorkers();
});
afterEach(() => invariants(system));
afterAll(() => system.close());

async function confirmed(quantity: number): Promise<Placed> {
  const order = await at.place({ quantity });
  await at.reaches(order, 'CONFIRMED');
  return order;
}

const lines = (quantity: number) => ({ lines: [{ lineNumber: 1, quantity }] });

async function money(order: Placed) {
  const payments = await at.payments(order);
  const sum = (column: 'captured' | 'refunded') =>
    payments.reduce((all, payment) => all + payment[column], 0);
  return { captured: sum('captured'), refunded: sum('refunded') };
}

describe('an edited order', () => {
  it('with more in it holds more units and charges the difference', async () => {
    const order = await confirmed(2);
    const sku = await at.product();
    await at.edit(order, { ...lines(3), addLines: [{ sku, quantity: 2 }] });
    await at.reaches(order, { version: 2, status: 'CONFIRMED', payment: 'PAID', open: 0 });
    expect(await money(order)).toEqual({ captured: 5000, refunded: 0 });
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 3 });
    expect(await at.stock(sku)).toEqual({ onHand: 1000, reserved: 2 });
    await at.fulfill(order);
    await at.reaches(order, 'SHIPPED');
    expect(await at.stock(sku)).toEqual({ onHand: 998, reserved: 0 });
  });

  it('with less in it gives units and money back', async () => {
    const order = await confirmed(3);
    await at.edit(order, lines(1));
    await at.reaches(order, { version: 2, refund: 'PARTIALLY_REFUNDED', open: 0 });
    expect(await money(order)).toEqual({ captured: 3000, refunded: 2000 });
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 1 });
  });

  it('with less in it, and then as much as before, pays for that much twice and has half of it back', async () => {
    const order = await confirmed(3);
    await at.edit(order, lines(1));
    await at.reaches(order, { version: 2, open: 0 });
    await at.edit(order, lines(3));
    await at.reaches(order, { version: 3, payment: 'PAID', open: 0 });
    expect(await money(order)).toEqual({ captured: 5000, refunded: 2000 });
  });

  it('twice is at its third version', async () => {
    const order = await confirmed(1);
    await at.edit(order, lines(3));
    await at.reaches(order, { version: 2, open: 0 });
    await at.edit(order, lines(2));
    await at.reaches(order, { version: 3, open: 0 });
    expect(await money(order)).toEqual({ captured: 3000, refunded: 1000 });
  });
});

describe('an order that is called off as a whole', () => {
  it.each([
    ['an edit', (order: Placed) => at.edit(order, lines(1))],
    ['some units called off', (order: Placed) => at.cancelUnits(order, 2)],
  ])('has its units back before those of %s are', async (_name, giveUp) => {
    const order = await confirmed(3);
    const waiting = gate();
    givenUp.set(order.id, waiting);
    await giveUp(order);
    await waiting.reached;
    await at.cancel(order);
    await at.reaches(order, 'CANCELLED');
    waiting.open();
    await at.reaches(order, { status: 'CANCELLED', open: 0 });
    expect(await money(order)).toEqual({ captured: 3000, refunded: 3000 });
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
  });
});

describe('an edit that cannot be carried out leaves the order as it was', () => {
  it.each([
    ['where the units are not there', { ...lines(1001) }, 'OUT_OF_STOCK'],
    ['where the card is declined', { ...lines(3), paymentMethod: 'pm_card_decline' }, /DECLINE/i],
  ])('%s', async (_name, change, code) => {
    const order = await confirmed(2);
    await at.edit(order, change);
    await expect.poll(() => at.history(order)).toContain('edit_rejected');
    await at.reaches(order, { version: 1, status: 'CONFIRMED', open: 0 });
    expect(await money(order)).toEqual({ captured: 2000, refunded: 0 });
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 2 });
    const [edit] = await system.sql<{ rejection: string }>(
      'orders',
      'select rejection from order_edits where order_id = $1',
      [order.id],
    );
    expect(edit?.rejection).toMatch(code);
  });

  it('where the order is called off when its money is authorized', async () => {
    const order = await confirmed(2);
    const held = gate();
    authorized.set(order.id, held);
    await at.edit(order, lines(4));
    await held.reached;
    await at.cancel(order);
    await at.reaches(order, 'CANCELLED');
    held.open();
    await expect
      .poll(async () => (await at.payments(order)).map(({ state }) => state))
      .toEqual(['REFUNDED', 'VOIDED']);
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
  });
});

it('edits, parcels and cancellations at once leave nothing half done', async () => {
  const orders = await Promise.all(Array.from({ length: 6 }, () => confirmed(3)));
  await Promise.all(
    orders.flatMap((order, i) => [
      at.edit(order, lines(i % 2 ? 5 : 1)),
      at.fulfill(order),
      ...(i % 3 === 0 ? [at.cancel(order)] : []),
    ]),
  );
  const ended = ({ status, open }: { status: string; open: number }) =>
    ['CONFIRMED', 'SHIPPED', 'CANCELLED'].includes(status) && open === 0;
  for (const order of orders)
    await expect.poll(async () => ended(await at.state(order))).toBe(true);
});
