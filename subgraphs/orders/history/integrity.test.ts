import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderId } from '../present.js';
import {
  customer,
  openTestOrders,
  type Person,
  STAFF,
  type TestOrders,
} from '../testing/orders.js';
import { confirm, shipWhole } from '../testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

async function shipped(by?: Person) {
  const order = await confirm(orders, await orders.place({}, by));
  return shipWhole(orders, order.id);
}

async function integrity(id: string, asker: Person = STAFF) {
  const source = 'query($id: ID!) { order(id: $id) { integrity { ok seq message } } }';
  const { data, errors } = await orders.ask<{ order: { integrity: unknown } }>(
    source,
    { id: orderId.encode(id) },
    asker,
  );
  expect(errors).toEqual([]);
  return data.order.integrity;
}

let count = 0;

/** What somebody does to the tables who may do everything. */
async function tamper(text: string, id: string): Promise<void> {
  count += 1;
  await orders.as(ANONYMOUS).db.transaction(async (query) => {
    await query('test.unlock', 'alter table order_events disable trigger order_events_append_only');
    await query(`test.tamper-${count}`, text, [id]);
    await query('test.lock', 'alter table order_events enable trigger order_events_append_only');
  });
}

it('an order whose history is as it was written is sound', async () => {
  const { id } = await shipped();
  expect(await integrity(id)).toEqual({ ok: true, seq: null, message: null });
});

it('is for staff', async () => {
  const me = customer();
  const { id } = await shipped(me);
  expect(await integrity(id, me)).toBeNull();
});

describe('it shows that', () => {
  it.each([
    [
      'an amount was changed',
      `update order_events set data = data || '{"amount": 1}' where order_id = $1 and seq = 3`,
      3,
    ],
    [
      'somebody else is said to have done it',
      `update order_events set actor = 'user:x' where order_id = $1 and seq = 2`,
      2,
    ],
    [
      'the time was changed',
      `update order_events set at = at - interval '1 day' where order_id = $1 and seq = 1`,
      1,
    ],
    ['an event was removed', 'delete from order_events where order_id = $1 and seq = 4', 4],
    ['the end was cut off', 'delete from order_events where order_id = $1 and seq > 5', 6],
    [
      'an event was put elsewhere',
      'update order_events set seq = 20 where order_id = $1 and seq = 2',
      2,
    ],
  ])('%s', async (_, text, seq) => {
    const { id } = await shipped();
    await tamper(text, id);
    expect(await integrity(id)).toMatchObject({ ok: false, seq });
  });

  it.each([
    ['the row', 'update orders set refunded = 1 where id = $1', 'refunded'],
    ['a line', 'update order_lines set unit_price = 1 where order_id = $1', 'lines'],
    ['a parcel', `update fulfillments set carrier = 'x' where order_id = $1`, 'fulfillments'],
  ])('%s was changed without an event', async (_, text, field) => {
    const { id } = await shipped();
    await tamper(text, id);
    expect(await integrity(id)).toEqual({
      ok: false,
      seq: null,
      message: `its events tell other values: ${field}`,
    });
  });
});
