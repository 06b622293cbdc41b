import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
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

const AUTHORIZED = { status: 'CONFIRMED', payment: 'AUTHORIZED' };

/** Ships so many units in a parcel of their own. */
async function ship({ gid: orderId }: Placed, quantity: number): Promise<void> {
  const ask = async (mutation: string, type: string, input: object) => {
    const { payload } = await system.ask<{ payload: { fulfillment: { id: string } } }>(
      'orders',
      STAFF,
      `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { fulfillment { id } } }`,
      { input },
    );
    return payload.fulfillment.id;
  };
  const lines = [{ lineNumber: 1, quantity }];
  const fulfillmentId = await ask('createFulfillment', 'CreateFulfillmentInput', {
    orderId,
    lines,
  });
  await ask('shipFulfillment', 'TrackingInput', { fulfillmentId });
}

it('an order that is paid with its shipments is confirmed on its authorization', async () => {
  const order = await at.place({ captureOnShipment: true, quantity: 3 });
  await at.reaches(order, AUTHORIZED);
  expect(await at.payments(order)).toMatchObject([{ state: 'AUTHORIZED', captured: 0 }]);
  expect(await at.holdState(order)).toBe('COMMITTED');
  await ship(order, 1);
  await at.reaches(order, { status: 'PARTIALLY_SHIPPED', payment: 'PARTIALLY_PAID' });
  expect(await at.payments(order)).toMatchObject([{ state: 'PARTIALLY_CAPTURED', captured: 1000 }]);
  await ship(order, 2);
  await at.reaches(order, { status: 'SHIPPED', payment: 'PAID' });
  expect(await at.payments(order)).toMatchObject([{ state: 'CAPTURED', captured: 3000 }]);
  await at.refund(order, 3, true);
  await at.reaches(order, { refund: 'REFUNDED', open: 0 });
});

it('two payments are taken one after the other, as the goods leave', async () => {
  const order = await at.place({
    captureOnShipment: true,
    quantity: 3,
    cards: [
      ['pm_card_approve', '12.00'],
      ['pm_card_timeout_once', '18.00'],
    ],
  });
  await at.reaches(order, AUTHORIZED);
  const taken = async () => (await at.payments(order)).map(({ captured }) => captured);
  await ship(order, 1);
  await at.reaches(order, { status: 'PARTIALLY_SHIPPED' });
  expect(await taken()).toEqual([1000, 0]);
  await ship(order, 2);
  await at.reaches(order, { status: 'SHIPPED', payment: 'PAID' });
  expect(await taken()).toEqual([1200, 1800]);
});

it('what was only authorized is given free when the order is called off', async () => {
  const order = await at.place({ captureOnShipment: true });
  await at.reaches(order, AUTHORIZED);
  await at.cancel(order);
  await at.reaches(order, { status: 'CANCELLED', payment: 'VOIDED', refund: 'NONE' });
  expect(await at.payments(order)).toMatchObject([{ state: 'VOIDED', captured: 0 }]);
});

it('an order that costs nothing is paid when it is confirmed', async () => {
  const order = await at.place({ captureOnShipment: true, free: true });
  await at.reaches(order, { status: 'CONFIRMED', payment: 'PAID' });
  await at.fulfill(order);
  await at.reaches(order, 'SHIPPED');
});
