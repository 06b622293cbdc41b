import { afterAll, beforeAll, expect, it } from 'vitest';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork } from '../support/orders-at-work.js';
import { STAFF, type System, startSystem } from '../support/system.js';

const BUYERS = 200;
const UNITS = 10;

let system: System;
let at: OrdersAtWork;

beforeAll(async () => {
  system = await startSystem();
  at = ordersAtWork(system);
  // Two processes' worth of workers, so that no order of batches helps.
  await Promise.all([system.startWorkers(), system.startWorkers()]);
});
afterAll(() => system.close());

it(`${BUYERS} buyers who race for ${UNITS} units get exactly ${UNITS}`, async () => {
  const sku = await at.product(UNITS);
  const orders = await Promise.all(
    Array.from({ length: BUYERS }, () => at.place({ sku, quantity: 1 })),
  );
  const ended = async () => {
    const states = await Promise.all(orders.map((order) => at.state(order)));
    const count = (status: string) => states.filter((state) => state.status === status).length;
    return [count('CONFIRMED'), count('FAILED')];
  };
  await expect.poll(ended, { timeout: 20_000 }).toEqual([UNITS, BUYERS - UNITS]);
  expect(await at.stock(sku)).toEqual({ onHand: UNITS, reserved: UNITS });
  const reasons = await Promise.all(orders.map(async (order) => (await at.state(order)).reason));
  expect(new Set(reasons)).toEqual(new Set([null, 'OUT_OF_STOCK']));
  await invariants(system);
});

const STOCK = {
  setBackorderPolicies: 'SetBackorderPoliciesInput',
  adjustStock: 'AdjustStockInput',
};

async function asStaff(mutation: keyof typeof STOCK, input: object): Promise<void> {
  const source = `mutation ($input: ${STOCK[mutation]}!) {
    done: ${mutation}(input: $input) { userErrors { code } } }`;
  const done = await system.ask('catalog', STAFF, source, { input });
  expect(done).toEqual({ done: { userErrors: [] } });
}

it('an order that waits for units is confirmed, and leaves when they have come in', async () => {
  const sku = await at.product(1);
  await asStaff('setBackorderPolicies', { lines: [{ sku, policy: 'BACKORDER', limit: 2 }] });
  const [first, second] = [
    await at.place({ sku, quantity: 2 }),
    await at.place({ sku, quantity: 3 }),
  ];
  await at.reaches(first, 'CONFIRMED');
  await at.reaches(second, 'FAILED');
  expect(await at.stock(sku)).toEqual({ onHand: 1, reserved: 1 });
  await invariants(system);
  await asStaff('adjustStock', { lines: [{ sku, delta: 4 }], reason: 'RECEIVED' });
  await expect.poll(() => at.stock(sku)).toEqual({ onHand: 5, reserved: 2 });
  await at.fulfill(first);
  await at.reaches(first, 'SHIPPED');
  expect(await at.stock(sku)).toEqual({ onHand: 3, reserved: 0 });
  await invariants(system);
});

it('units that a declined card gives back can be bought by the next', async () => {
  const sku = await at.product(1);
  const declined = await at.place({ sku, quantity: 1, card: 'pm_card_decline' });
  await at.reaches(declined, 'FAILED');
  const next = await at.place({ sku, quantity: 1 });
  await at.reaches(next, 'CONFIRMED');
  await invariants(system);
});
