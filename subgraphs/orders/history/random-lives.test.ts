import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { OrderCommand } from '@waybill/schema/commands.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orderId } from '../present.js';
import { faultyHistories } from '../testing/histories.js';
import { openTestOrders, STAFF, type TestOrders } from '../testing/orders.js';
import { confirm, declined, reserved } from '../testing/steps.js';

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

async function live(acts: Array<[name: string, chance: number]>, unpaid: boolean): Promise<void> {
  const lines = [
    { sku: 'A', quantity: 3 },
    { sku: 'B', quantity: 2 },
  ];
  const order = await orders.place({ lines });
  if (unpaid) await orders.advance(order.id, reserved());
  else await confirm(orders, order);
  for (const [name, chance] of acts) await ACTS[name]?.(order.id, chance);
}

it('every order is told by its history as it is stored, whatever it went through', {
  timeout: 60_000,
}, async () => {
  const lives = fc.sample(life, { numRuns: 32, seed: 20_261_121 });
  await Promise.all(lives.map((acts, i) => live(acts, i % 4 === 0)));
  const { db } = orders.as(ANONYMOUS);
  expect(await faultyHistories(db)).toEqual({});
  const seen = await db.query<{ type: string }>(
    'test.types',
    'select distinct type from order_events',
  );
  expect(seen.length).toBeGreaterThan(15);
});
