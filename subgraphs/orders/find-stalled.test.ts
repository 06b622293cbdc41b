import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { OrderCommand } from '@waybill/schema/commands.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelOrder } from './cancel-order.js';
import { fulfillOrders } from './fulfill-orders.js';
import { payOrder } from './pay-order.js';
import { refundOrder } from './refund-order.js';
import { openTestOrders, STAFF, type TestOrders } from './testing/orders.js';
import { confirm, declined, reserved } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());
// Each test begins with orders of its own only: the others have just moved.
beforeEach(() => age('-1 hour'));

const AUTHORIZED: OrderCommand = { type: 'recordAuthorized', attempt: 1, amount: 1000 };

async function age(interval: string): Promise<void> {
  const { db } = orders.as(ANONYMOUS);
  const then = `now() - interval '${interval}'`;
  await db.query(`age ${interval}`, `update orders set updated_at = ${then}`);
  await db.query(`age refunds ${interval}`, `update refunds set created_at = ${then}`);
  await db.query(`age shipments ${interval}`, `update fulfillments set requested_at = ${then}`);
}

/** The events found for orders that have not moved for a minute. */
async function stalledSince(work: () => Promise<string>): Promise<string[]> {
  const id = await work();
  await age('1 minute');
  const { events } = await orders.commands.findStalled({ olderThanSeconds: 30, limit: 1000 });
  return events.filter(({ subject }) => subject === id).map(({ type }) => type);
}

async function placed(...steps: OrderCommand[]): Promise<string> {
  const { id } = await orders.place();
  await orders.advance(id, ...steps);
  return id;
}

describe('an order that waits for a job is found with the event that starts it', () => {
  const cancel = async (id: string) => {
    await cancelOrder(orders.as(STAFF), STAFF, { orderId: id, reason: null });
    return id;
  };

  it.each<[string, () => Promise<string>, string]>([
    ['unchecked', () => placed(), 'order.placed'],
    ['unpaid', () => placed(reserved()), 'order.reserved'],
    ['authorized', () => placed(reserved(), AUTHORIZED), 'order.reserved'],
    ['failing', () => placed(reserved(), declined(1, true)), 'order.cancelling'],
    [
      'cancelled after a decline',
      async () => cancel(await placed(reserved(), declined(1))),
      'order.cancelling',
    ],
    [
      'with its money back',
      async () => {
        const id = await cancel(await placed(reserved()));
        await orders.advance(id, { type: 'recordPaymentReversed', refunded: 0 });
        return id;
      },
      'order.payment_reversed',
    ],
    [
      'paying by another method',
      async () => {
        const id = await placed(reserved(), declined(1));
        await payOrder(orders.as(STAFF), STAFF, {
          orderId: id,
          paymentMethod: 'pm_2',
          amount: null,
        });
        return id;
      },
      'order.payment_requested',
    ],
    [
      'having its money authorized anew',
      async () => {
        const { id, total } = await confirm(
          orders,
          await orders.place({ captureOn: 'SHIPMENT' }, STAFF),
        );
        expect(total).toBe(1000);
        const ended = { attempt: 1, captured: 0, code: 'AUTHORIZATION_EXPIRED' };
        await orders.advance(id, { type: 'recordAuthorizationEnded', ...ended });
        const anew = { orderId: id, paymentMethod: 'pm_2', amount: null };
        expect((await payOrder(orders.as(STAFF), STAFF, anew)).errors).toEqual([]);
        return id;
      },
      'order.payment_requested',
    ],
    [
      'being packed',
      async () => {
        const { id } = await confirm(orders, await orders.place());
        await fulfillOrders(orders.as(STAFF), STAFF, [id]);
        return id;
      },
      'order.shipment_requested',
    ],
  ])('%s', async (_name, work, type) => expect(await stalledSince(work)).toEqual([type]));

  it('with a refund without an answer', async () => {
    const work = async () => {
      const { id } = await confirm(orders, await orders.place());
      await refundOrder(orders.as(STAFF), STAFF, {
        orderId: id,
        idempotencyKey: newId(),
        lines: [],
        amount: '1.00',
        restock: false,
        reason: null,
      });
      return id;
    };
    expect(await stalledSince(work)).toEqual(['order.refund_requested']);
  });
});

it('each payment that was not answered is found with its own event', async () => {
  const payments = ['4.00', '3.00', '3.00'].map((amount) => ({ method: 'pm', amount }));
  const work = async () => {
    const { id } = await orders.place({ paymentMethod: null, payments });
    await orders.advance(id, reserved(), { type: 'recordAuthorized', attempt: 1, amount: 400 });
    return id;
  };
  expect(await stalledSince(work)).toEqual(['order.payment_requested', 'order.payment_requested']);
});

describe('an order that waits for no job is left alone', () => {
  it.each<[string, () => Promise<string>]>([
    ['waiting for another card', () => placed(reserved(), declined(1))],
    ['confirmed', async () => (await confirm(orders, await orders.place())).id],
    ['failed', () => placed({ type: 'recordNotSellable', skus: [] })],
  ])('%s', async (_name, work) => expect(await stalledSince(work)).toEqual([]));

  it('one that has just moved', async () => {
    await placed();
    expect(await orders.commands.findStalled({ olderThanSeconds: 30, limit: 10 })).toEqual({
      events: [],
    });
  });
});

it('the event is the very one that was published, and no more come than asked for', async () => {
  await orders.place();
  const { id } = await orders.place();
  await age('1 minute');
  const { db } = orders.as(ANONYMOUS);
  const { events } = await orders.commands.findStalled({ olderThanSeconds: 30, limit: 1000 });
  const found = events.find(({ subject }) => subject === id);
  const sent = await db.query(
    'test.outbox',
    'select id, type, subject, data from outbox where subject = $1',
    [id],
  );
  expect([found]).toEqual(sent);
  const few = await orders.commands.findStalled({ olderThanSeconds: 30, limit: 1 });
  expect(few.events).toHaveLength(1);
});

it('orders that wait for staff come last', async () => {
  const flagged = await placed({ type: 'flagAttention', reason: 'dead' });
  const other = await placed();
  await age('1 minute');
  const { events } = await orders.commands.findStalled({ olderThanSeconds: 30, limit: 1000 });
  const subjects = events.map(({ subject }) => subject);
  expect(subjects.indexOf(other)).toBeLessThan(subjects.indexOf(flagged));
  expect(subjects).toContain(flagged);
});
