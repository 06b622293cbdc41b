import type { Database } from '@waybill/kernel/database.js';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { OrderCommand } from '@waybill/schema/commands.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orderId } from '../present.js';
import { worthOf } from '../reports/sales-of.js';
import { faultyHistories } from '../testing/histories.js';
import { openTestOrders, STAFF, type TestOrders } from '../testing/orders.js';
import { confirm, declined, reserved } from '../testing/steps.js';
import { HISTORIES, type OrderWithHistory } from './check-order.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

type Act = (id: string, chance: number) => Promise<unknown>;

const step =
  (command: OrderCommand): Act =>
  (id) =>
    orders.commands.applyToOrder({ orderId: id, command });

/** Asks as staff; what is refused is no less a part of the test. */
const ask =
  (mutation: string, input: (id: string, chance: number) => Promise<object> | object): Act =>
  async (id, chance) => {
    const type = `${TYPES[mutation] ?? mutation.charAt(0).toUpperCase() + mutation.slice(1)}Input`;
    const source = `mutation($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
    const { errors } = await orders.ask(source, { input: await input(id, chance) }, STAFF);
    expect(errors).toEqual([]);
  };

const TYPES: Record<string, string> = {
  shipFulfillment: 'Tracking',
  updateFulfillmentTracking: 'Tracking',
  deliverFulfillment: 'Fulfillment',
  setFulfillmentHold: 'FulfillmentHold',
};

const line = (lineNumber: number, quantity: number) => ({ lineNumber, quantity });
const parcelOf = async (id: string, chance: number) => {
  const parcels = await orders.as(STAFF).loaders.fulfillments.load(id);
  return parcels[chance % Math.max(1, parcels.length)]?.id ?? newId();
};
const onParcel = (mutation: string, more: object = {}) =>
  ask(mutation, async (id, chance) => ({
    fulfillmentId: `Fulfillment_${await parcelOf(id, chance)}`,
    ...more,
  }));
const HOME = {
  ...{ name: 'Ada', line1: '1 Road', city: 'York', postalCode: 'YO1' },
  country: 'GB',
};
const editOf = async (id: string) =>
  (await orders.as(STAFF).loaders.edits.load(id)).find(({ status }) => status === 'PENDING')?.id ??
  newId();
const refundOf = async (id: string) =>
  (await orders.as(STAFF).loaders.refunds.load(id)).find(({ status }) => status === 'PENDING')
    ?.id ?? newId();

const ACTS: Record<string, Act> = {
  authorized: step({ type: 'recordAuthorized', attempt: 1, amount: 3500 }),
  declined: step(declined(1)),
  confirmed: step({ type: 'recordConfirmed', captured: 3500 }),
  reversed: step({ type: 'recordPaymentReversed', refunded: 3500 }),
  released: step({ type: 'recordStockReleased' }),
  attention: step({ type: 'flagAttention', reason: 'look' }),
  pay: ask('payOrder', (id) => ({ orderId: orderId.encode(id), paymentMethod: 'pm_2' })),
  cancel: ask('cancelOrder', (id) => ({ orderId: orderId.encode(id), reason: 'called off' })),
  pack: ask('createFulfillment', (id, chance) => ({
    orderId: orderId.encode(id),
    lines: chance % 2 ? [line(1, 1)] : null,
  })),
  ship: onParcel('shipFulfillment', { carrier: 'DHL', trackingNumber: '42' }),
  track: onParcel('updateFulfillmentTracking', { carrier: 'UPS' }),
  split: onParcel('splitFulfillment', { lines: [line(1, 1)] }),
  unpack: onParcel('cancelFulfillment', { reason: 'damaged' }),
  left: async (id, chance) =>
    step({ type: 'recordShipped', fulfillmentId: await parcelOf(id, chance), captured: 0 })(id, 0),
  waits: async (id, chance) => {
    const fulfillmentId = await parcelOf(id, chance);
    const held = { fulfillmentId, code: 'no', captured: 0, ended: [] };
    await step({ type: 'recordShipmentHeld', ...held })(id, 0);
  },
  arrived: onParcel('deliverFulfillment'),
  hold: ask('setFulfillmentHold', (id, chance) => ({
    orderId: orderId.encode(id),
    reason: chance % 2 ? 'checking' : null,
  })),
  callOff: ask('cancelOrderLines', (id) => ({ orderId: orderId.encode(id), lines: [line(2, 1)] })),
  refund: ask('refundOrder', (id) => ({
    orderId: orderId.encode(id),
    idempotencyKey: newId(),
    lines: [line(1, 1)],
    reason: 'broken',
  })),
  edit: ask('editOrder', (id, chance) => ({
    orderId: orderId.encode(id),
    lines: [line(1, chance + 1)],
    ...(chance % 2 ? { addLines: [{ sku: 'B', quantity: 1 }] } : {}),
    ...(chance > 1 ? { shippingAddress: HOME } : {}),
  })),
  edited: async (id) =>
    step({ type: 'recordEditApplied', editId: await editOf(id), captured: 250 })(id, 0),
  notEdited: async (id) =>
    step({ type: 'recordEditRejected', editId: await editOf(id), code: 'no' })(id, 0),
  bringBack: ask('recordReturn', (id, chance) => ({
    orderId: orderId.encode(id),
    idempotencyKey: newId(),
    lines: [{ lineNumber: 1, quantity: 1, restock: chance % 2 }],
  })),
  refunded: async (id) =>
    step({ type: 'recordRefunded', refundId: await refundOf(id), amount: 1000 })(id, 0),
  partlyRefunded: async (id) =>
    step({ type: 'recordRefunded', refundId: await refundOf(id), amount: 300, code: 'less' })(
      id,
      0,
    ),
  refused: async (id) =>
    step({ type: 'recordRefundFailed', refundId: await refundOf(id), code: 'no' })(id, 0),
};

const life = fc.array(fc.tuple(fc.constantFrom(...Object.keys(ACTS)), fc.nat(3)), {
  minLength: 10,
  maxLength: 25,
});

/** Where the money is taken when goods leave. */
const PAID_LATER = newId();

async function live(
  acts: Array<[name: string, chance: number]>,
  { unpaid, paidLater }: { unpaid: boolean; paidLater: boolean },
): Promise<void> {
  const lines = [
    { sku: 'A', quantity: 3 },
    { sku: 'B', quantity: 2 },
  ];
  const order = await orders.place({ lines, ...(paidLater && { storefrontId: PAID_LATER }) });
  if (unpaid) await orders.advance(order.id, reserved());
  else await confirm(orders, order);
  for (const [i, [name, chance]] of acts.entries()) {
    await ACTS[name]?.(order.id, chance);
    // While others are in the middle of theirs.
    if (i === 9) await orders.project();
  }
}

it('every order is told by its history as it is stored, and so is what was sold, whatever it went through', {
  timeout: 60_000,
}, async () => {
  const lives = fc.sample(life, { numRuns: 32, seed: 20_261_121 });
  orders.storefronts.set(PAID_LATER, 'SHIPMENT');
  const kinds = lives.map((_, i) => ({ unpaid: i % 4 === 0, paidLater: i % 3 === 0 }));
  await Promise.all(lives.map((acts, i) => live(acts, kinds[i] as (typeof kinds)[0])));
  await orders.project();
  const { db } = orders.as(ANONYMOUS);
  expect(await netSales(db)).toEqual(await netOfOrders(db));
  expect(await faultyHistories(db)).toEqual({});
  const seen = await db.query<{ type: string }>(
    'test.types',
    'select distinct type from order_events',
  );
  expect(seen.length).toBeGreaterThan(15);
});

/** By breakdown, minor units. */
async function netSales({ query }: Database): Promise<Record<string, number>> {
  const rows = await query<{ breakdown: string; net: number }>(
    'test.net',
    `select breakdown, sum(gross - taken_off - refunded)::float8 as net from sales_days group by 1`,
  );
  return Object.fromEntries(rows.map(({ breakdown, net }) => [breakdown, net]));
}

/** What all orders that were confirmed come to, less what was refunded: the same in each breakdown. */
async function netOfOrders({ query }: Database): Promise<Record<string, number>> {
  const orders = await query<OrderWithHistory>('test.histories', HISTORIES, [NO_ID, 10_000]);
  const confirmed = orders.filter(({ events }) => events.some(({ type }) => type === 'confirmed'));
  const net = confirmed.reduce((sum, order) => sum + worthOf(order) - order.refunded, 0);
  expect(confirmed.length).toBeGreaterThan(20);
  return { ALL: net, COUNTRY: net, SKU: net, CATEGORY: net };
}

const NO_ID = '00000000-0000-0000-0000-000000000000';
