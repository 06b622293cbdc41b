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

const INPUTS = {
  createFulfillment: 'CreateFulfillmentInput',
  shipFulfillment: 'TrackingInput',
  cancelFulfillment: 'CancelFulfillmentInput',
  deliverFulfillment: 'FulfillmentInput',
};

/** Asks as staff; the id of the parcel. */
async function parcel(name: keyof typeof INPUTS, input: object): Promise<string> {
  const { payload } = await system.ask<{
    payload: { fulfillment: { id: string } | null; userErrors: unknown[] };
  }>(
    'orders',
    STAFF,
    `mutation ($input: ${INPUTS[name]}!) {
       payload: ${name}(input: $input) { fulfillment { id } userErrors { code } } }`,
    { input },
  );
  expect(payload.userErrors).toEqual([]);
  return payload.fulfillment?.id ?? '';
}

const pack = ({ gid }: Placed, quantity: number) =>
  parcel('createFulfillment', { orderId: gid, lines: [{ lineNumber: 1, quantity }] });
const send = (fulfillmentId: string) => parcel('shipFulfillment', { fulfillmentId });

async function callOff(order: Placed, quantity: number): Promise<string[]> {
  const { userErrors } = await at.cancelUnits(order, quantity);
  return userErrors.map(({ code }) => code);
}

async function confirmed(quantity: number): Promise<Placed> {
  const order = await at.place({ quantity });
  await at.reaches(order, 'CONFIRMED');
  return order;
}

it('an order leaves in two parcels and arrives', async () => {
  const order = await confirmed(3);
  const first = await pack(order, 2);
  await send(first);
  await at.reaches(order, 'PARTIALLY_SHIPPED');
  expect(await at.stock(order.sku)).toEqual({ onHand: 998, reserved: 1 });
  const second = await pack(order, 1);
  await send(second);
  await at.reaches(order, 'SHIPPED');
  expect(await at.stock(order.sku)).toEqual({ onHand: 997, reserved: 0 });
  expect(await at.holdState(order)).toBe('CONSUMED');
  await parcel('deliverFulfillment', { fulfillmentId: first });
  await parcel('deliverFulfillment', { fulfillmentId: second });
  await at.reaches(order, 'DELIVERED');
});

it('what cannot be delivered is called off, goes back to stock and is refunded', async () => {
  const order = await confirmed(5);
  await send(await pack(order, 2));
  await at.reaches(order, 'PARTIALLY_SHIPPED');
  expect(await callOff(order, 1)).toEqual([]);
  await at.reaches(order, { refund: 'PARTIALLY_REFUNDED', open: 0 });
  expect(await at.stock(order.sku)).toEqual({ onHand: 998, reserved: 2 });
  expect(await callOff(order, 2)).toEqual([]);
  await at.reaches(order, { status: 'SHIPPED', open: 0 });
  await expect.poll(() => at.stock(order.sku)).toEqual({ onHand: 998, reserved: 0 });
  expect(await at.payments(order)).toMatchObject([{ captured: 5000, refunded: 3000 }]);
});

it('units that are packed elsewhere stay in their parcel when others are called off', async () => {
  const manager = { ...STAFF, roles: ['MANAGER' as const] };
  const { opened } = await system.ask<{ opened: { location: { id: string } } }>(
    'catalog',
    manager,
    `mutation { opened: createLocation(input: { code: "north", name: "North" }) { location { id } } }`,
  );
  const sku = await at.product(2);
  const { counted } = await system.ask<{ counted: { userErrors: unknown[] } }>(
    'catalog',
    STAFF,
    `mutation ($input: SetStockInput!) { counted: setStock(input: $input) { userErrors { code } } }`,
    { input: { lines: [{ sku, location: 'north', onHand: 1 }] } },
  );
  expect(counted.userErrors).toEqual([]);
  const order = await at.place({ sku, quantity: 3 });
  await at.reaches(order, 'CONFIRMED');
  const locationId = opened.location.id;
  const lines = [{ lineNumber: 1, quantity: 1 }];
  const north = await parcel('createFulfillment', { orderId: order.gid, locationId, lines });
  expect(await callOff(order, 1)).toEqual([]);
  await at.reaches(order, { open: 0 });
  await send(north);
  await at.reaches(order, 'PARTIALLY_SHIPPED');
  const levels = await system.sql(
    'catalog',
    `select code, on_hand as "onHand", reserved from stock_levels
     join locations on locations.id = location_id join variants on variants.id = variant_id
     where sku = $1 order by code`,
    [sku],
  );
  expect(levels).toEqual([
    { code: 'main', onHand: 2, reserved: 1 },
    { code: 'north', onHand: 0, reserved: 0 },
  ]);
});

it('staff call an order off while it is packed, and nothing is owed or held', async () => {
  const order = await confirmed(2);
  await pack(order, 1);
  expect(await at.cancel(order)).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
  await at.cancel({ ...order, buyer: STAFF });
  await at.reaches(order, 'CANCELLED');
  expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
  expect(await at.payments(order)).toMatchObject([{ captured: 2000, refunded: 2000 }]);
});

it('parcels, cancellations and units called off, all at once, leave nothing half done', async () => {
  const orders = await Promise.all(Array.from({ length: 8 }, () => confirmed(4)));
  await Promise.all(
    orders.flatMap((order) => [
      at.fulfill(order),
      callOff(order, 1),
      callOff(order, 2),
      at.cancel({ ...order, buyer: STAFF }),
    ]),
  );
  const ended = ({ status, open }: { status: string; open: number }) =>
    ['SHIPPED', 'CANCELLED'].includes(status) && open === 0;
  for (const order of orders)
    await expect.poll(async () => ended(await at.state(order))).toBe(true);
});
