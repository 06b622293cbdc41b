import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder } from './cancel-order.js';
import { fulfillOrders } from './fulfill-orders.js';
import { customer, openTestOrders, type Person, STAFF, type TestOrders } from './testing/orders.js';
import { confirm, leave, reserved } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const cancel = (by: Person, orderId: string, reason: string | null = null) =>
  cancelOrder(orders.as(by), by, { orderId, reason });

const codes = async (work: ReturnType<typeof cancel>) =>
  (await work).errors.map(({ code }) => code);

describe('a customer', () => {
  it('calls an order off that is being checked', async () => {
    const me = customer();
    const { id } = await orders.place({}, me);
    expect(await cancel(me, id, 'too slow')).toEqual({ orderId: id, errors: [] });
    expect(await orders.order(id)).toMatchObject({
      status: 'CANCELLING',
      cancelTarget: 'CANCELLED',
      reason: 'too slow',
    });
  });

  it('calls an order off that is paid, and all is given back before it is CANCELLED', async () => {
    const me = customer();
    const { id, total } = await confirm(orders, await orders.place({}, me));
    await cancel(me, id);
    const ended = await orders.advance(
      id,
      { type: 'recordPaymentReversed', refunded: total },
      { type: 'recordStockReleased' },
    );
    expect(ended).toMatchObject({
      status: 'CANCELLED',
      captured: total,
      refunded: total,
      paymentStatus: 'VOIDED',
      refundStatus: 'REFUNDED',
    });
  });

  it('hears the same when they ask again, while it runs and when it is done', async () => {
    const me = customer();
    const { id } = await orders.place({}, me);
    await cancel(me, id);
    expect(await cancel(me, id)).toEqual({ orderId: id, errors: [] });
    await orders.advance(
      id,
      { type: 'recordPaymentReversed', refunded: 0 },
      { type: 'recordStockReleased' },
    );
    expect(await cancel(me, id)).toEqual({ orderId: id, errors: [] });
    expect(await orders.history(id)).toEqual([
      'placed',
      'cancelling',
      'payment_reversed',
      'cancelled',
    ]);
  });

  it('comes too late when it is being packed, has failed or has left', async () => {
    const me = customer();
    const { id } = await confirm(orders, await orders.place({}, me));
    await fulfillOrders(orders.as(STAFF), STAFF, [id]);
    expect(await codes(cancel(me, id))).toEqual(['INVALID_STATE']);
    await leave(orders, id);
    expect(await codes(cancel(STAFF, id))).toEqual(['INVALID_STATE']);
    const failed = await orders.place({}, me);
    await orders.advance(failed.id, { type: 'recordNotSellable', skus: [] });
    expect(await codes(cancel(me, failed.id))).toEqual(['INVALID_STATE']);
  });

  it("hears of somebody else's order that there is none", async () => {
    const { id } = await orders.place();
    expect(await codes(cancel(customer(), id))).toEqual(['NOT_FOUND']);
    expect(await codes(cancel(customer(), newId()))).toEqual(['NOT_FOUND']);
    expect(await orders.history(id)).toEqual(['placed']);
  });

  it('may not give a reason that cannot be kept', async () => {
    const me = customer();
    const { id } = await orders.place({}, me);
    expect(await codes(cancel(me, id, 'a\0b'))).toEqual(['INVALID_INPUT']);
  });
});

it('staff call off any order, and the history names them', async () => {
  const { id } = await orders.place();
  expect(await cancel(STAFF, id)).toEqual({ orderId: id, errors: [] });
  const [event] = await orders.as(STAFF).eventsAfter({ orderId: id, seq: 1 });
  expect(event).toMatchObject({ type: 'cancelling', actor: `staff:${STAFF.userId}` });
});

it('a step of the saga that comes after it changes nothing', async () => {
  const me = customer();
  const { id } = await orders.place({}, me);
  await cancel(me, id);
  const late = await orders.commands.applyToOrder({ orderId: id, command: reserved() });
  expect(late).toMatchObject({ status: 'CANCELLING', applied: false });
});
