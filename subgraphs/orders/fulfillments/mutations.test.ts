import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderId } from '../present.js';
import {
  customer,
  openTestOrders,
  type Person,
  STAFF,
  type TestOrders,
} from '../testing/orders.js';
import { confirm, leave, shipWhole } from '../testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

interface Parcel {
  id: string;
  number: number;
  status: string;
  lines: Array<{ lineNumber: number; quantity: number }>;
  trackingUrl: string | null;
  shippedAt: string | null;
  deliveredAt: string | null;
}

interface Payload {
  fulfillment?: Parcel | null;
  order: { status: string; fulfillmentHold: string | null; fulfillments: Parcel[] } | null;
  userErrors: Array<{ code: string; field: string[] | null }>;
}

const PARCEL = 'id number status lines { lineNumber quantity } trackingUrl shippedAt deliveredAt';
const ORDER = `order { status fulfillmentHold fulfillments { ${PARCEL} } } userErrors { code field }`;
const mutation = (name: string, input: string, fields: string) =>
  `mutation($input: ${input}!) { payload: ${name}(input: $input) { ${fields} } }`;
const OF_PARCEL = `fulfillment { ${PARCEL} } ${ORDER}`;

const MUTATIONS = {
  createFulfillment: mutation('createFulfillment', 'CreateFulfillmentInput', OF_PARCEL),
  shipFulfillment: mutation('shipFulfillment', 'TrackingInput', OF_PARCEL),
  updateFulfillmentTracking: mutation('updateFulfillmentTracking', 'TrackingInput', OF_PARCEL),
  splitFulfillment: mutation('splitFulfillment', 'SplitFulfillmentInput', OF_PARCEL),
  cancelFulfillment: mutation('cancelFulfillment', 'CancelFulfillmentInput', OF_PARCEL),
  deliverFulfillment: mutation('deliverFulfillment', 'FulfillmentInput', OF_PARCEL),
  setFulfillmentHold: mutation('setFulfillmentHold', 'FulfillmentHoldInput', ORDER),
  cancelOrderLines: mutation('cancelOrderLines', 'CancelOrderLinesInput', ORDER),
};
type Name = keyof typeof MUTATIONS;

async function ask(name: Name, input: object, by: Person = STAFF): Promise<Payload> {
  const { data, errors } = await orders.ask<{ payload: Payload }>(MUTATIONS[name], { input }, by);
  expect(errors).toEqual([]);
  return data.payload;
}

async function done(name: Name, input: object): Promise<Payload & { fulfillment: Parcel }> {
  const payload = await ask(name, input);
  expect(payload.userErrors).toEqual([]);
  return payload as Payload & { fulfillment: Parcel };
}

/** Three A and two B, paid. */
async function paid(by = customer()) {
  const lines = [
    { sku: 'A', quantity: 3 },
    { sku: 'B', quantity: 2 },
  ];
  const { id } = await confirm(orders, await orders.place({ lines }, by));
  return { id, gid: orderId.encode(id) };
}

async function packed(...quantities: number[]) {
  const order = await paid();
  const lines = quantities.map((quantity, i) => ({ lineNumber: i + 1, quantity }));
  const input = { orderId: order.gid, ...(lines.length > 0 ? { lines } : {}) };
  const { fulfillment } = await done('createFulfillment', input);
  return { ...order, fulfillmentId: fulfillment.id, fulfillment };
}

it('tells what an order waits for, and why it cannot be packed', async () => {
  const { id, gid } = await paid();
  const expectedAt = '2031-01-02T03:04:05.000Z';
  const at = { locationId: newId(), quantity: 0, expectedAt };
  orders.held.set(id, [
    { ...at, sku: 'A', backordered: 3 },
    { ...at, sku: 'B', backordered: 2 },
  ]);
  const source = `query ($id: ID!) { order(id: $id) {
    lines { backorderedQuantity expectedAt } heldUnits { sku location { id } backordered }
    actions(only: [CREATE_FULFILLMENT, FULFILL, CANCEL]) { action allowed code nextStep } } }`;
  const { data } = await orders.ask<{ order: object }>(source, { id: gid }, STAFF);
  const waits = { allowed: false, code: 'BACKORDERED', nextStep: expect.stringContaining('2031') };
  expect(data.order).toEqual({
    lines: [
      { backorderedQuantity: 3, expectedAt },
      { backorderedQuantity: 2, expectedAt },
    ],
    heldUnits: [
      { sku: 'A', location: { id: `Location_${at.locationId}` }, backordered: 3 },
      { sku: 'B', location: { id: `Location_${at.locationId}` }, backordered: 2 },
    ],
    actions: [
      { action: 'CREATE_FULFILLMENT', ...waits },
      { action: 'FULFILL', ...waits },
      { action: 'CANCEL', allowed: true, code: null, nextStep: null },
    ],
  });
  expect(await ask('createFulfillment', { orderId: gid })).toMatchObject({
    userErrors: [{ code: 'BACKORDERED' }],
  });
});

it('packs a parcel at one location, and shows staff which', async () => {
  const { id, gid } = await paid();
  const [main, north] = [newId(), newId()];
  const at = (locationId: string) => `Location_${locationId}`;
  orders.held.set(id, [
    { sku: 'A', locationId: main, quantity: 2 },
    { sku: 'A', locationId: north, quantity: 1 },
    { sku: 'B', locationId: north, quantity: 2 },
  ]);
  const all = [
    { lineNumber: 1, quantity: 3 },
    { lineNumber: 2, quantity: 2 },
  ];
  for (const refusedInput of [{ lines: all }, { locationId: at(newId()) }])
    expect(await ask('createFulfillment', { orderId: gid, ...refusedInput })).toMatchObject({
      userErrors: [{ code: 'HELD_ELSEWHERE', field: ['locationId'] }],
    });

  const first = await done('createFulfillment', { orderId: gid, locationId: at(north) });
  expect(first.fulfillment.lines).toEqual([
    { lineNumber: 1, quantity: 1 },
    { lineNumber: 2, quantity: 2 },
  ]);
  const second = await done('createFulfillment', { orderId: gid });
  expect(second.fulfillment.lines).toEqual([{ lineNumber: 1, quantity: 2 }]);
  const { fulfillment: split } = await done('splitFulfillment', {
    fulfillmentId: second.fulfillment.id,
    lines: [{ lineNumber: 1, quantity: 1 }],
  });
  expect(split.lines).toEqual([{ lineNumber: 1, quantity: 1 }]);

  const PLACES = `query ($id: ID!) { order(id: $id) { fulfillments { location { id } } } }`;
  const places = async (by: Person) =>
    (await orders.ask<{ order: object }>(PLACES, { id: gid }, by)).data;
  const locations = [north, main, main].map((location) => ({ location: { id: at(location) } }));
  expect(await places(STAFF)).toEqual({ order: { fulfillments: locations } });
});

const counts = async (id: string) =>
  (await orders.as(STAFF).loaders.lines.load(id)).map((line) => ({
    fulfilled: line.fulfilledQuantity,
    shipped: line.shippedQuantity,
    cancelled: line.cancelledQuantity,
  }));

it('an order leaves in two parcels and arrives', async () => {
  const { id, gid, fulfillmentId } = await packed(2);
  const tracking = {
    carrier: 'Post',
    trackingNumber: 'X1',
    trackingUrl: 'https://post.example/X1',
  };
  const shipping = await done('shipFulfillment', { fulfillmentId, ...tracking });
  expect(shipping.fulfillment).toMatchObject({
    status: 'SHIPPING',
    trackingUrl: tracking.trackingUrl,
  });
  await leave(orders, id);
  expect(await orders.order(id)).toMatchObject({ status: 'PARTIALLY_SHIPPED' });
  const rest = await done('createFulfillment', { orderId: gid });
  expect(rest.fulfillment).toMatchObject({
    number: 2,
    lines: [
      { lineNumber: 1, quantity: 1 },
      { lineNumber: 2, quantity: 2 },
    ],
  });
  await done('shipFulfillment', { fulfillmentId: rest.fulfillment.id });
  expect(await leave(orders, id)).toMatchObject({ status: 'SHIPPED' });
  expect((await counts(id)).map(({ shipped }) => shipped)).toEqual([3, 2]);
  const first = await done('deliverFulfillment', { fulfillmentId });
  expect(first.order?.status).toBe('SHIPPED');
  const last = await done('deliverFulfillment', { fulfillmentId: rest.fulfillment.id });
  expect(last.order).toMatchObject({ status: 'DELIVERED' });
  expect(last.fulfillment.shippedAt).not.toBe(null);
  expect(last.fulfillment.deliveredAt).not.toBe(null);
});

it('a parcel is split, one of the two unpacked, and its units packed anew', async () => {
  const { id, gid, fulfillmentId } = await packed();
  const units = [{ lineNumber: 1, quantity: 1 }];
  const { fulfillment } = await done('splitFulfillment', { fulfillmentId, lines: units });
  expect(fulfillment).toMatchObject({ number: 2, lines: units });
  await done('cancelFulfillment', { fulfillmentId: fulfillment.id, reason: 'torn' });
  expect((await counts(id)).map(({ fulfilled }) => fulfilled)).toEqual([2, 2]);
  const again = await done('createFulfillment', { orderId: gid });
  expect(again.fulfillment.lines).toEqual(units);
});

it('tracking can be named after a parcel has left, until it has arrived', async () => {
  const { id, fulfillmentId } = await packed();
  await done('shipFulfillment', { fulfillmentId });
  await leave(orders, id);
  const tracking = { fulfillmentId, trackingUrl: 'https://post.example/X2' };
  const named = await done('updateFulfillmentTracking', tracking);
  expect(named.fulfillment.trackingUrl).toBe(tracking.trackingUrl);
  await done('deliverFulfillment', { fulfillmentId });
  expect(await ask('updateFulfillmentTracking', tracking)).toMatchObject({
    userErrors: [{ code: 'INVALID_STATE', field: ['fulfillmentId'] }],
  });
});

it('a hold keeps parcels back until it is lifted', async () => {
  const { gid, fulfillmentId } = await packed(1);
  const held = await done('setFulfillmentHold', { orderId: gid, reason: 'fraud?' });
  expect(held.order?.fulfillmentHold).toBe('fraud?');
  expect(await ask('shipFulfillment', { fulfillmentId })).toMatchObject({
    fulfillment: null,
    userErrors: [{ code: 'FULFILLMENT_ON_HOLD', field: ['orderId'] }],
  });
  await done('setFulfillmentHold', { orderId: gid, reason: null });
  await done('shipFulfillment', { fulfillmentId });
});

it('units are called off and refunded', async () => {
  const { id, gid } = await paid();
  await done('cancelOrderLines', { orderId: gid, lines: [{ lineNumber: 2, quantity: 2 }] });
  expect(await counts(id)).toMatchObject([{ cancelled: 0 }, { cancelled: 2 }]);
  const [refund] = await orders.as(STAFF).loaders.refunds.load(id);
  expect(refund).toMatchObject({ status: 'PENDING', amount: 500 });
  expect((await orders.history(id)).slice(-2)).toEqual(['lines_cancelled', 'refund_requested']);
});

describe('what is refused', () => {
  const address = (trackingUrl: string) => ({ trackingUrl });

  it.each([
    ['a script for an address', address('javascript:alert(1)'), ['trackingUrl']],
    ['no address at all', address('post'), ['trackingUrl']],
    ['a number as long as a book', { trackingNumber: 'x'.repeat(201) }, ['trackingNumber']],
    ['a carrier with NUL', { carrier: '\0' }, ['carrier']],
  ])('%s', async (_name, tracking, field) => {
    const { id, fulfillmentId } = await packed(1);
    expect(await ask('shipFulfillment', { fulfillmentId, ...tracking })).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', field }],
    });
    expect(await orders.history(id)).not.toContain('shipment_requested');
  });

  it.each(Object.keys(MUTATIONS) as Name[])('a customer who asks for %s', async (name) => {
    const me = customer();
    const { gid } = await paid(me);
    const { fulfillmentId } = await packed(1);
    const input = {
      createFulfillment: { orderId: gid },
      splitFulfillment: { fulfillmentId, lines: [] },
      setFulfillmentHold: { orderId: gid, reason: 'no' },
      cancelOrderLines: { orderId: gid, lines: [] },
      shipFulfillment: { fulfillmentId },
      updateFulfillmentTracking: { fulfillmentId },
      cancelFulfillment: { fulfillmentId },
      deliverFulfillment: { fulfillmentId },
    }[name];
    expect((await ask(name, input, me)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  it.each([newId(), 'nonsense'])('a parcel that does not exist: %s', async (fulfillmentId) => {
    expect(await ask('shipFulfillment', { fulfillmentId })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['fulfillmentId'] }],
    });
  });
});

it('two who ship the same parcel at once ship it once', async () => {
  const { id, fulfillmentId } = await packed(1);
  const answers = await Promise.all([1, 2, 3].map(() => ask('shipFulfillment', { fulfillmentId })));
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  expect((await orders.history(id)).filter((type) => type === 'shipment_requested')).toHaveLength(
    1,
  );
});

it('the same key answers the same parcel', async () => {
  const { gid } = await paid();
  const input = { orderId: gid, lines: [{ lineNumber: 1, quantity: 1 }], idempotencyKey: newId() };
  const [one, two] = await Promise.all([
    done('createFulfillment', input),
    done('createFulfillment', input),
  ]);
  expect(one.fulfillment.id).toBe(two.fulfillment.id);
  expect(one.order?.fulfillments).toHaveLength(1);
});

it('a customer sees the parcels of their order by themselves and as nodes, nobody else does', async () => {
  const me = customer();
  const { id } = await paid(me);
  await shipWhole(orders, id);
  const query = `query($id: ID!) { order(id: $id) { fulfillments { id status heldReason } } }`;
  const asked = await orders.ask<{ order: { fulfillments: Parcel[] } }>(
    query,
    { id: orderId.encode(id) },
    me,
  );
  const [parcel] = asked.data.order.fulfillments;
  expect(parcel).toMatchObject({ status: 'SHIPPED', heldReason: null });
  const node = `query($id: ID!) { node(id: $id) { id ... on Fulfillment { status } } }`;
  const seen = (by: Person) => orders.ask<{ node: unknown }>(node, { id: parcel?.id }, by);
  expect((await seen(me)).data.node).toEqual({ id: parcel?.id, status: 'SHIPPED' });
  expect((await seen(customer())).data.node).toBe(null);
});
