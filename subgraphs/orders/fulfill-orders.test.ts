import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fulfillOrders } from './fulfill-orders.js';
import { openTestOrders, STAFF, type TestOrders } from './testing/orders.js';
import { confirm, leave } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const fulfill = (...ids: string[]) => fulfillOrders(orders.as(STAFF), STAFF, ids);

it('ships confirmed orders and says which cannot be', async () => {
  const paid = await Promise.all(
    Array.from({ length: 3 }, async () => confirm(orders, await orders.place())),
  );
  const pending = await orders.place();
  const ids = paid.map(({ id }) => id);
  const result = await fulfill(
    ids[0] as string,
    pending.id,
    ids[1] as string,
    newId(),
    ids[2] as string,
  );
  expect(result.orderIds).toEqual(ids);
  expect(result.errors.map(({ code, field }) => `${code} ${field?.join('.')}`)).toEqual([
    'INVALID_STATE orderIds.1',
    'NOT_FOUND orderIds.3',
  ]);
  for (const id of ids) expect(await orders.order(id)).toMatchObject({ status: 'PROCESSING' });
});

it('hands over a parcel from each location that holds some of the order', async () => {
  const { id } = await confirm(orders, await orders.place({ lines: [{ sku: 'A', quantity: 3 }] }));
  const [main, north] = [newId(), newId()];
  orders.held.set(id, [
    { sku: 'A', locationId: main, quantity: 1 },
    { sku: 'A', locationId: north, quantity: 2 },
  ]);
  expect(await fulfill(id)).toEqual({ orderIds: [id], errors: [] });
  const parcels = await orders.as(STAFF).loaders.fulfillments.load(id);
  expect(parcels.map(({ status, lines, locationId }) => [status, lines, locationId])).toEqual([
    ['SHIPPING', [{ lineNumber: 1, sku: 'A', quantity: 1 }], main],
    ['SHIPPING', [{ lineNumber: 1, sku: 'A', quantity: 2 }], north],
  ]);
  const due = await orders.as(STAFF).db.query<{ locationId: string }>(
    'test.due',
    `select data ->> 'locationId' as "locationId" from order_events
     where order_id = $1 and type = 'shipment_requested' order by seq`,
    [id],
  );
  expect(due.map(({ locationId }) => locationId)).toEqual([main, north]);
});

it('hands over what is there, and the rest when it has come in', async () => {
  const { id } = await confirm(orders, await orders.place({ lines: [{ sku: 'A', quantity: 3 }] }));
  const main = newId();
  const at = (quantity: number, backordered: number) =>
    orders.held.set(id, [{ sku: 'A', locationId: main, quantity, backordered, expectedAt: null }]);
  const shipped = async () =>
    (await orders.as(STAFF).loaders.fulfillments.load(id)).map(({ lines }) => lines[0]?.quantity);
  at(0, 3);
  expect(await fulfill(id)).toMatchObject({ orderIds: [], errors: [{ code: 'BACKORDERED' }] });
  at(2, 1);
  expect(await fulfill(id)).toEqual({ orderIds: [id], errors: [] });
  expect(await shipped()).toEqual([2]);
  await leave(orders, id);
  at(1, 0);
  expect(await fulfill(id)).toEqual({ orderIds: [id], errors: [] });
  expect(await shipped()).toEqual([2, 1]);
});

it('answers the same for an order that is on its way or has left, and ships it once', async () => {
  const { id } = await confirm(orders, await orders.place());
  await fulfill(id, id);
  await leave(orders, id);
  await leave(orders, id);
  expect(await fulfill(id)).toEqual({ orderIds: [id], errors: [] });
  expect((await orders.history(id)).slice(-4)).toEqual([
    'processing',
    'fulfillment_created',
    'shipment_requested',
    'shipped',
  ]);
});
