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
