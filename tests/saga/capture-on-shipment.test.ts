import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Gate, gate, intercept } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { STAFF, type System, startSystem } from '../support/system.js';

let system: System;
let at: OrdersAtWork;

/** Held where the provider shall not be asked for a second payment yet. */
let holdUp: Gate | undefined;

beforeAll(async () => {
  system = await startSystem({
    tamper: intercept(async ({ name }, proceed) => {
      if (name === 'payments.authorizePayment') await holdUp?.pass();
      return proceed();
    }),
  });
  at = ordersAtWork(system);
  await system.startWorkers();
});
afterEach(() => invariants(system));
afterAll(() => system.close());

const AUTHORIZED = { status: 'CONFIRMED', payment: 'AUTHORIZED' };

async function ask(mutation: string, type: string, input: object, answer: string) {
  const source = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { ${answer} } }`;
  const { payload } = await system.ask<{ payload: { fulfillment: { id: string } } }>(
    'orders',
    STAFF,
    source,
    { input },
  );
  return payload;
}

/** Ships so many units in a parcel of their own. */
async function ship({ gid: orderId }: Placed, quantity: number): Promise<void> {
  const input = { orderId, lines: [{ lineNumber: 1, quantity }] };
  const id = 'fulfillment { id }';
  const { fulfillment } = await ask('createFulfillment', 'CreateFulfillmentInput', input, id);
  await ask('shipFulfillment', 'TrackingInput', { fulfillmentId: fulfillment.id }, id);
}

/** The clock of the database comes to so many hours before the order's authorization ends. */
async function hoursBeforeEnd({ id }: Placed, hours: number): Promise<void> {
  const ends = `now() + make_interval(hours => $2)`;
  const text = `update payments set authorization_ends_at = ${ends},
    check_at = case when check_at is not null then ${ends} end where order_id = $1`;
  await system.sql('payments', text, [id, hours]);
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

it('a parcel whose money is refused leaves when staff have it authorized anew', async () => {
  const order = await at.place({ captureOnShipment: true, card: 'pm_card_capture_fails' });
  await at.reaches(order, AUTHORIZED);
  await ship(order, 2);
  const attention = 'shipment 1 waits for its money: CAPTURE_REFUSED';
  await at.reaches(order, { payment: 'NONE', attention });
  await invariants(system);
  expect((await at.pay(order, 'pm_card_decline')).userErrors).toEqual([]);
  await at.declined(order);
  await at.reaches(order, { status: 'PROCESSING', payment: 'NONE', attention });
  expect((await at.pay(order, 'pm_card_approve')).userErrors).toEqual([]);
  await at.reaches(order, { status: 'PROCESSING', payment: 'AUTHORIZED' });
  await at.shipAgain(order);
  await at.reaches(order, { status: 'SHIPPED', payment: 'PAID', attention: null });
  expect(await at.payments(order)).toMatchObject([
    { state: 'VOIDED', captured: 0 },
    { state: 'DECLINED', captured: 0 },
    { state: 'CAPTURED', captured: 2000 },
  ]);
});

it('what is left to ship waits for money when its authorization has ended', async () => {
  const card = 'pm_card_expiring';
  const order = await at.place({ captureOnShipment: true, card, quantity: 3 });
  await at.reaches(order, AUTHORIZED);
  await ship(order, 1);
  await at.reaches(order, { payment: 'PARTIALLY_PAID', attention: null });
  await hoursBeforeEnd(order, 23);
  await expect.poll(() => at.history(order)).toContain('authorization_ending');
  expect((await at.state(order)).attention).toContain('The authorization of payment 1 ends on');

  await hoursBeforeEnd(order, 0);
  await expect.poll(() => at.history(order)).toContain('authorization_ended');
  expect((await at.state(order)).attention).toContain('not authorized any more');
  expect(await at.payments(order)).toMatchObject([{ state: 'CAPTURED', captured: 1000 }]);
  await ship(order, 2);
  await expect.poll(() => at.history(order)).toContain('shipment_held');
  await invariants(system);

  expect((await at.pay(order, card, '20.01')).userErrors).toMatchObject([
    { code: 'EXCEEDS_AMOUNT_DUE' },
  ]);
  expect((await at.pay(order, card)).userErrors).toEqual([]);
  await expect.poll(() => at.history(order)).toContain('payment_authorized');
  await at.shipAgain(order);
  await at.reaches(order, { status: 'SHIPPED', payment: 'PAID', attention: null });
  expect(await at.payments(order)).toMatchObject([
    { state: 'CAPTURED', captured: 1000 },
    { state: 'CAPTURED', captured: 2000 },
  ]);
});

it('an order whose authorization has ended can be called off', async () => {
  const order = await at.place({ captureOnShipment: true, card: 'pm_card_expiring' });
  await at.reaches(order, AUTHORIZED);
  await hoursBeforeEnd(order, 0);
  await at.reaches(order, { payment: 'NONE' });
  await at.cancel(order);
  await at.reaches(order, { status: 'CANCELLED', refund: 'NONE' });
  expect(await at.payments(order)).toMatchObject([{ state: 'VOIDED', captured: 0 }]);
});

it('money that is authorized when all has left already goes free', async () => {
  const order = await at.place({ captureOnShipment: true, card: 'pm_card_expiring', quantity: 3 });
  await at.reaches(order, AUTHORIZED);
  await ship(order, 1);
  await at.reaches(order, { payment: 'PARTIALLY_PAID' });
  await hoursBeforeEnd(order, 0);
  await expect.poll(() => at.history(order)).toContain('authorization_ended');
  holdUp = gate();
  await at.pay(order, 'pm_card_approve');
  await holdUp.reached;
  const rest = { orderId: order.gid, lines: [{ lineNumber: 1, quantity: 2 }] };
  await ask('cancelOrderLines', 'CancelOrderLinesInput', rest, 'userErrors { code }');
  await at.reaches(order, 'SHIPPED');
  await expect.poll(() => at.history(order)).toContain('lines_released');
  holdUp.open();
  holdUp = undefined;
  await expect
    .poll(() => at.payments(order))
    .toMatchObject([
      { state: 'CAPTURED', captured: 1000 },
      { state: 'VOIDED', captured: 0 },
    ]);
});
