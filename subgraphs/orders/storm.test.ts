import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { OrderCommand } from '@waybill/schema/commands.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cancelOrder } from './cancel-order.js';
import { fulfillOrders } from './fulfill-orders.js';
import { payOrder } from './pay-order.js';
import { refundOrder } from './refund-order.js';
import { faultyHistories } from './testing/histories.js';
import { openTestOrders, STAFF, type TestOrders } from './testing/orders.js';
import { declined, leave, reserved } from './testing/steps.js';

/** Two processes on one database, which are asked all sorts of things about the same orders at once. */
let systems: [TestOrders, TestOrders];
beforeAll(async () => {
  const one = await openTestOrders();
  systems = [one, await openTestOrders(one.url)];
});
afterAll(() => Promise.all(systems.map((system) => system.close())));

type Ask = (system: TestOrders, orderId: string) => Promise<unknown>;

const step =
  (command: OrderCommand): Ask =>
  ({ commands }, orderId) =>
    commands.applyToOrder({ orderId, command });

const refundOf = (orderId: string) => ({
  orderId,
  idempotencyKey: newId(),
  lines: [],
  amount: '4.00',
  restock: false,
  reason: null,
});

/** Asks for a refund, and lets the provider say yes or no. */
const refund =
  (done: boolean): Ask =>
  async (system, orderId) => {
    const asked = await refundOrder(system.as(STAFF), STAFF, refundOf(orderId));
    const refundId = asked.refund?.id;
    if (!refundId) return;
    await step(
      done
        ? { type: 'recordRefunded', refundId, amount: 400 }
        : { type: 'recordRefundFailed', refundId, code: 'no' },
    )(system, orderId);
  };

const ASKS: Record<string, Ask> = {
  reserved: step(reserved(-1)),
  short: step({ type: 'recordShortage', shortages: [] }),
  authorized: step({ type: 'recordAuthorized', attempt: 1, amount: 1000 }),
  declined: step(declined(1)),
  confirmed: step({ type: 'recordConfirmed', captured: 1000 }),
  reversed: step({ type: 'recordPaymentReversed', refunded: 1000 }),
  released: step({ type: 'recordStockReleased' }),
  shipped: leave,
  attention: step({ type: 'flagAttention', reason: 'dead' }),
  cancel: (system, orderId) => cancelOrder(system.as(STAFF), STAFF, { orderId, reason: null }),
  pay: (system, orderId) =>
    payOrder(system.as(STAFF), STAFF, { orderId, paymentMethod: 'pm_2', amount: null }),
  fulfill: (system, orderId) => fulfillOrders(system.as(STAFF), STAFF, [orderId]),
  expire: ({ commands }) => commands.expireOrders({ limit: 3 }),
  refunded: refund(true),
  refused: refund(false),
};

/** Likely steps come more often, so that some orders come far. */
const ask = fc.constantFrom(
  ...Object.keys(ASKS),
  ...['authorized', 'confirmed', 'confirmed', 'refunded', 'refunded', 'fulfill'],
);
const storms = fc.array(ask, { minLength: 5, maxLength: 25 });

/** How far an order has come when the storm begins; one that was shipped can certainly be refunded. */
const PATHS = [
  ['reserved'],
  ['reserved', 'authorized', 'confirmed'],
  ['reserved', 'authorized', 'confirmed', 'fulfill', 'shipped'],
];

const VIOLATIONS = `
  with events as (
    select e.*, lag(to_status) over (partition by order_id order by seq) as before from order_events e
  )
  select o.id, 'seq has a gap' as what from orders o
    where o.seq <> (select count(*) from events where order_id = o.id)
       or o.seq <> (select max(seq) from events where order_id = o.id)
  union all select order_id, 'history breaks off' from events where from_status is distinct from before
  union all select o.id, 'status is not the last' from orders o join events e on e.order_id = o.id and e.seq = o.seq
    where e.to_status <> o.status
  union all select e.order_id, 'event without outbox row' from events e where not exists (
    select from outbox x where x.id = e.id and x.type = 'order.' || e.type and x.subject = e.order_id)
  union all select id, 'owes something' from orders
    where status in ('CANCELLED', 'FAILED', 'EXPIRED') and captured <> refunded
  union all select id, 'is not paid' from orders
    where status in ('CONFIRMED', 'PROCESSING', 'SHIPPED') and captured < total
  union all select o.id, 'refunds too much' from orders o
    where o.captured < (select sum(amount) from refunds where order_id = o.id and status <> 'FAILED')`;

it('whatever is asked at once, by two processes, the history of every order holds together', async () => {
  const [one] = systems;
  let count = 0;
  for (const names of fc.sample(storms, { numRuns: 60, seed: 20_261_120 })) {
    const { id } = await one.place();
    const steps = PATHS[count++ % PATHS.length] ?? [];
    for (const name of steps) await ASKS[name]?.(one, id);
    await Promise.all(names.map((name, i) => ASKS[name]?.(systems[i % 2] as TestOrders, id)));
  }
  const { db } = one.as(ANONYMOUS);
  expect(await db.query('test.violations', VIOLATIONS)).toEqual([]);
  expect(await faultyHistories(db)).toEqual({});
  const ends = await db.query<{ status: string }>(
    'test.ends',
    'select distinct status from orders',
  );
  expect(ends.length).toBeGreaterThan(2);
  const refunds = await db.query('test.refunds', 'select id from refunds');
  expect(refunds.length).toBeGreaterThan(0);
});
