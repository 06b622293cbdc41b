import { newId } from '@waybill/kernel/ids.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { intercept, never } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { type System, startSystem } from '../support/system.js';

/** Lost orders are looked for at once. */
const WATCHFUL = { stalledSeconds: 0.2, reconcileMs: 200, sweepMs: 200 };

/** Where orders stand when the queue is lost: before which command. */
const PLACES = [
  'catalog.reserveStock',
  'payments.authorizePayment',
  'catalog.commitStock',
  'payments.reversePayment',
  'catalog.releaseStock',
  'catalog.consumeStock',
  'payments.refundPayment',
] as const;

let system: System;
let at: OrdersAtWork;
/** Where the job of an order hangs. */
const held = new Map<string, string>();
const hanging = new Set<string>();

beforeAll(async () => {
  system = await startSystem({
    tamper: intercept(async ({ name, orderId }, proceed) => {
      if (held.get(orderId) !== name) return proceed();
      hanging.add(orderId);
      return never();
    }),
  });
  at = ordersAtWork(system);
});
// Each test begins without workers.
afterEach(() => system.restartQueues());
afterAll(() => system.close());

/** Orders whose jobs have come to each of PLACES, and go no further. */
async function ordersEverywhere(): Promise<Placed[]> {
  const orders = await Promise.all(PLACES.map(() => at.place({ quantity: 2 })));
  orders.forEach((order, i) => void held.set(order.id, PLACES[i] as string));
  const [, , , reversed, released, shipped, refunded] = orders as [Placed, ...Placed[]];
  await system.startWorkers();
  const confirmed = [reversed, released, shipped, refunded] as Placed[];
  await Promise.all(confirmed.map((order) => at.reaches(order, 'CONFIRMED')));
  await Promise.all([reversed, released].map((order) => at.cancel(order as Placed)));
  await Promise.all([shipped, refunded].map((order) => at.fulfill(order as Placed)));
  await at.reaches(refunded as Placed, 'SHIPPED');
  await at.refund(refunded as Placed, 1, true);
  await expect.poll(() => hanging.size).toBe(PLACES.length);
  return orders;
}

const ENDS = [
  { status: 'CONFIRMED' },
  { status: 'CONFIRMED' },
  { status: 'CONFIRMED' },
  { status: 'CANCELLED' },
  { status: 'CANCELLED' },
  { status: 'SHIPPED' },
  { status: 'SHIPPED', refund: 'PARTIALLY_REFUNDED', open: 0 },
];

describe('after the queue was wiped', () => {
  it('every order is finished, wherever it stood', async () => {
    const orders = await ordersEverywhere();
    await wipe(system);
    await restart();
    await system.startWorkers({ timing: WATCHFUL });
    await Promise.all(orders.map((order, i) => at.reaches(order, ENDS[i] as object)));
    await invariants(system);
  });

  it('an order that was declined softly and then expired is finished, too', async () => {
    const order = await at.place({ card: 'pm_card_insufficient_funds' });
    held.set(order.id, 'payments.reversePayment');
    await system.startWorkers();
    await at.declined(order);
    await at.holdRunsOut(order);
    await at.reaches(order, 'CANCELLING');
    await wipe(system);
    await restart();
    await system.startWorkers({ timing: WATCHFUL });
    await at.reaches(order, 'EXPIRED');
    await invariants(system);
  });

  it('an order hears of its payments what it should have heard', async () => {
    const order = await at.place();
    await system.startWorkers({ timing: WATCHFUL });
    await at.reaches(order, 'CONFIRMED');
    await system.sql(
      'payments',
      `insert into news (event_id, type, order_id, data, created_at)
       values ($1, 'payment.attention_needed', $2, '{"reason": "disputed"}', now() - interval '1 minute')`,
      [newId(), order.id],
    );
    await at.reaches(order, { status: 'CONFIRMED', attention: 'disputed' });
    const untold = () => system.sql('payments', 'select event_id from news where told_at is null');
    await expect.poll(untold).toEqual([]);
  });

  it('workers that go on notice that the clocks are gone', async () => {
    await system.startWorkers({ timing: WATCHFUL });
    const outbox = system.queues.all.find(({ name }) => name === 'outbox');
    await expect.poll(() => outbox?.getJobSchedulersCount()).toBe(2);
    for (const queue of system.queues.all) await queue.obliterate({ force: true });
    await expect.poll(() => outbox?.getJobSchedulersCount(), { timeout: 5000 }).toBe(2);
    const order = await at.place({ card: 'pm_card_settle_late' });
    await at.reaches(order, 'CONFIRMED');
    await invariants(system);
  });

  it('an order that waits for its customer is left in peace', async () => {
    await system.startWorkers({ timing: WATCHFUL });
    const order = await at.place({ card: 'pm_card_insufficient_funds' });
    await at.declined(order);
    const { events } = await system.commands.orders.findStalled({ olderThanSeconds: 0, limit: 10 });
    expect(events).toEqual([]);
    expect(await at.state(order)).toMatchObject({ status: 'RESERVED', attention: null });
  });
});

/** Nothing is left of the old workers, nor of what held them up. */
async function restart(): Promise<void> {
  held.clear();
  await system.restartQueues();
}

/** The queue loses everything at once, while its workers are at it. */
async function wipe({ backend, prefix, queues, sql }: System): Promise<void> {
  if (backend.kind === 'redis') {
    for (const queue of queues.all) await queue.obliterate({ force: true });
    return;
  }
  // PostgreSQL may have to choose between it and them, more than once.
  const DEADLOCK = '40P01';
  const drop = (): Promise<unknown> =>
    sql('queues', `drop schema ${prefix} cascade`).catch((error) =>
      error.code === DEADLOCK ? drop() : Promise.reject(error),
    );
  await drop();
}
