import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { STAFF, type System, startSystem } from '../support/system.js';

let system: System;
let at: OrdersAtWork;

beforeAll(async () => {
  system = await startSystem();
  at = ordersAtWork(system);
  await system.startWorkers();
});
afterEach(() => invariants(system));
afterAll(() => system.close());

/** What the order says of its money, as clients see it. */
async function money({ gid }: Placed) {
  const { order } = await system.ask<{ order: Record<string, { amount: string }> }>(
    'orders',
    STAFF,
    `{ order(id: "${gid}") {
      authorized { amount } amountDue { amount } captured { amount } refunded { amount } } }`,
  );
  return Object.values(order).map(({ amount }) => amount);
}

describe('an order of 20.00 by two payments', () => {
  it('is confirmed when both are authorized, and both are captured', async () => {
    const order = await at.place({
      cards: [
        ['pm_card_approve', '15.00'],
        ['pm_card_settle_late', '5.00'],
      ],
    });
    await at.reaches(order, { status: 'CONFIRMED', payment: 'PAID' });
    expect(await at.payments(order)).toMatchObject([
      { state: 'CAPTURED', captured: 1500 },
      { state: 'CAPTURED', captured: 500 },
    ]);
    expect((await at.history(order)).slice(2)).toEqual([
      'reserved',
      'payment_requested',
      'payment_authorized',
      'authorized',
      'confirmed',
    ]);
    expect(await money(order)).toEqual(['20.00', '0.00', '20.00', '0.00']);
  });

  it('waits for what one of them could not pay, which may be paid bit by bit', async () => {
    const order = await at.place({
      cards: [
        ['pm_card_insufficient_funds', '12.00'],
        ['pm_card_approve', '8.00'],
      ],
    });
    await at.declined(order);
    await expect.poll(() => money(order)).toEqual(['8.00', '12.00', '0.00', '0.00']);
    expect(await at.state(order)).toMatchObject({ status: 'RESERVED', payment: 'NONE' });
    const refused = { order: null, userErrors: [{ code: 'EXCEEDS_AMOUNT_DUE' }] };
    expect(await at.pay(order, 'pm_card_approve', '12.01')).toEqual(refused);
    await at.pay(order, 'pm_card_approve', '2.00');
    await at.pay(order, 'pm_card_timeout_once');
    await at.reaches(order, { status: 'CONFIRMED', payment: 'PAID' });
    expect((await at.payments(order)).map(({ captured }) => captured)).toEqual([0, 800, 200, 1000]);
  });

  it('ends when one of them is declined for good, and the other is given free', async () => {
    const order = await at.place({
      cards: [
        ['pm_card_approve', '12.00'],
        ['pm_card_decline', '8.00'],
      ],
    });
    await at.reaches(order, { status: 'FAILED', reason: 'CARD_DECLINED' });
    const [first] = await at.payments(order);
    // The first may not even have been asked for when the second was declined.
    expect(['VOIDED', undefined]).toContain(first?.state);
    expect(await at.holdState(order)).toBe('RELEASED');
  });

  it('fails where one of them cannot be captured, and the other is refunded', async () => {
    const order = await at.place({
      cards: [
        ['pm_card_approve', '12.00'],
        ['pm_card_capture_fails', '8.00'],
      ],
    });
    await at.reaches(order, { status: 'FAILED', payment: 'VOIDED', reason: 'CAPTURE_REFUSED' });
    expect(await at.payments(order)).toMatchObject([
      { state: 'REFUNDED', captured: 1200, refunded: 1200 },
      { state: 'VOIDED', captured: 0 },
    ]);
    expect(await money(order)).toEqual(['20.00', '0.00', '12.00', '12.00']);
  });

  it('expires with what was authorized when the rest is never paid', async () => {
    const order = await at.place({
      cards: [
        ['pm_card_approve', '12.00'],
        ['pm_card_insufficient_funds', '8.00'],
      ],
    });
    await at.declined(order);
    await expect.poll(() => money(order)).toEqual(['12.00', '8.00', '0.00', '0.00']);
    await at.holdRunsOut(order);
    await at.reaches(order, { status: 'EXPIRED', payment: 'VOIDED' });
    expect(await at.payments(order)).toMatchObject([{ state: 'VOIDED' }, { state: 'DECLINED' }]);
  });

  it('is refunded from both, as far as each goes', async () => {
    const order = await at.place({
      cards: [
        ['pm_card_approve', '12.00'],
        ['pm_card_refund_fails', '8.00'],
      ],
    });
    await at.reaches(order, 'CONFIRMED');
    await at.refund(order, 2, false);
    await at.reaches(order, { open: 0, refund: 'PARTIALLY_REFUNDED' });
    expect((await at.payments(order)).map(({ refunded }) => refunded)).toEqual([1200, 0]);
    expect(await money(order)).toEqual(['20.00', '0.00', '20.00', '12.00']);
    const more = await at.refund(order, 1, false, '8.01');
    expect(more.userErrors.map(({ code }) => code)).toContain('EXCEEDS_REFUNDABLE');
  });
});
