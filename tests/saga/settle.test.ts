import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { intercept } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork } from '../support/orders-at-work.js';
import { STAFF, type System, startSystem } from '../support/system.js';

let system: System;
let at: OrdersAtWork;
/** Done before the reservation of whatever is placed next. */
let beforeReservation: (() => Promise<void>) | undefined;

beforeAll(async () => {
  system = await startSystem({
    tamper: intercept(async ({ name }, proceed) => {
      if (name === 'catalog.reserveStock') await beforeReservation?.();
      return proceed();
    }),
  });
  at = ordersAtWork(system);
  await system.startWorkers();
});
afterEach(() => invariants(system));
afterAll(() => system.close());

const COMPENSATION = ['cancelling', 'payment_reversed'];

describe('an order', () => {
  it('is paid and confirmed', async () => {
    const order = await at.place({ quantity: 2 });
    await at.reaches(order, { status: 'CONFIRMED', payment: 'PAID' });
    expect(await at.history(order)).toEqual([
      'placed',
      'validated',
      'reserved',
      'authorized',
      'confirmed',
    ]);
    expect(await at.payments(order)).toMatchObject([{ state: 'CAPTURED', captured: 2000 }]);
    expect(await at.holdState(order)).toBe('COMMITTED');
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 2 });
  });

  it('fails on a card that is declined for good, and its units are free again', async () => {
    const order = await at.place({ card: 'pm_card_decline' });
    await at.reaches(order, { status: 'FAILED', payment: 'NONE', reason: 'CARD_DECLINED' });
    expect(await at.history(order)).toEqual([
      'placed',
      'validated',
      'reserved',
      ...COMPENSATION,
      'failed',
    ]);
    expect(await at.holdState(order)).toBe('RELEASED');
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
  });

  it('fails where the goods are not left, and holds nothing', async () => {
    const sku = await at.product(1);
    const order = await at.place({ sku, quantity: 2 });
    await at.reaches(order, { status: 'FAILED', payment: 'NONE', reason: 'OUT_OF_STOCK' });
    expect(await at.history(order)).toEqual(['placed', 'validated', 'failed']);
    expect(await at.payments(order)).toEqual([]);
    expect(await at.stock(sku)).toEqual({ onHand: 1, reserved: 0 });
  });

  it('fails where the product has been withdrawn since', async () => {
    const sku = await at.product();
    const withdraw = `mutation { updateVariant(input: { sku: "${sku}", active: false }) { variant { sku } } }`;
    beforeReservation = async () => void (await system.ask('catalog', STAFF, withdraw));
    const order = await at.place({ sku });
    await at.reaches(order, { status: 'FAILED', payment: 'NONE', reason: 'NOT_SELLABLE' });
    beforeReservation = undefined;
    expect(await at.history(order)).toEqual(['placed', 'failed']);
    expect(await at.stock(sku)).toEqual({ onHand: 1000, reserved: 0 });
  });

  it('fails where the capture is refused: units released, authorization voided', async () => {
    const order = await at.place({ card: 'pm_card_capture_fails' });
    await at.reaches(order, { status: 'FAILED', payment: 'VOIDED', reason: 'CAPTURE_REFUSED' });
    expect(await at.payments(order)).toMatchObject([{ state: 'VOIDED', captured: 0 }]);
    expect(await at.holdState(order)).toBe('RELEASED');
  });
});

describe('a soft decline', () => {
  it('leaves the order waiting for another card', async () => {
    const order = await at.place({ card: 'pm_card_insufficient_funds' });
    await expect.poll(() => at.history(order)).toContain('payment_declined');
    expect(await at.state(order)).toMatchObject({ status: 'RESERVED', attention: null });
    expect((await at.pay(order, 'pm_card_approve')).userErrors).toEqual([]);
    await at.reaches(order, { status: 'CONFIRMED', payment: 'PAID' });
    expect(await at.payments(order)).toMatchObject([
      { state: 'DECLINED', captured: 0 },
      { state: 'CAPTURED', captured: 2000 },
    ]);
  });

  it('may be followed by others', async () => {
    const order = await at.place({ card: 'pm_card_insufficient_funds' });
    await expect.poll(() => at.history(order)).toContain('payment_declined');
    await at.pay(order, 'pm_card_insufficient_funds');
    const declines = async () =>
      (await at.history(order)).filter((type) => type === 'payment_declined').length;
    await expect.poll(declines).toBe(2);
    await at.pay(order, 'pm_card_approve');
    await at.reaches(order, 'CONFIRMED');
  });

  it('ends with the hold: the order expires and keeps nothing', async () => {
    const order = await at.place({ card: 'pm_card_insufficient_funds' });
    await expect.poll(() => at.history(order)).toContain('payment_declined');
    await at.holdRunsOut(order);
    await at.reaches(order, { status: 'EXPIRED', payment: 'NONE', reason: 'HOLD_EXPIRED' });
    expect(await at.holdState(order)).toBe('EXPIRED');
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
    expect(await at.pay(order, 'pm_card_approve')).toMatchObject({
      userErrors: [{ code: 'INVALID_STATE' }],
    });
  });
});

describe('a provider that', () => {
  it('never answers fails the order, with nothing held or authorized', async () => {
    const order = await at.place({ card: 'pm_card_timeout' });
    await at.reaches(order, { status: 'FAILED', payment: 'NONE', reason: 'PROVIDER_UNAVAILABLE' });
    expect(await at.payments(order)).toMatchObject([{ state: 'VOIDED', authorized: 0 }]);
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
  });

  it('loses its first answer has authorized once', async () => {
    const order = await at.place({ card: 'pm_card_timeout_once' });
    await at.reaches(order, { status: 'CONFIRMED', payment: 'PAID' });
    expect(await at.payments(order)).toMatchObject([{ authorized: 2000, captured: 2000 }]);
    const charges = await system.sql(
      'payments',
      `select c.key from simulator_charges c join payments p on p.id::text = c.key
       where p.order_id = '${order.id}'`,
    );
    expect(charges).toHaveLength(1);
  });

  it('settles late keeps the order waiting, and then confirms it', async () => {
    const order = await at.place({ card: 'pm_card_settle_late' });
    await expect.poll(() => at.payments(order)).toMatchObject([{ state: 'PENDING' }]);
    expect(await at.state(order)).toMatchObject({ status: 'RESERVED' });
    await at.reaches(order, { status: 'CONFIRMED', payment: 'PAID' });
    expect(system.published.map(({ type }) => type)).toContain('payment.settled');
  });

  it('would settle late keeps nothing of an order that is cancelled meanwhile', async () => {
    const order = await at.place({ card: 'pm_card_settle_late' });
    await expect.poll(() => at.payments(order)).toMatchObject([{ state: 'PENDING' }]);
    await at.cancel(order);
    await at.reaches(order, { status: 'CANCELLED', payment: 'NONE' });
    expect(await at.payments(order)).toMatchObject([{ state: 'VOIDED', captured: 0 }]);
  });
});
