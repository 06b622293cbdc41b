import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Call, gate, intercept } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { type System, startSystem } from '../support/system.js';

/** Where the saga is held up while the order is cancelled. */
interface Stop {
  at: string;
  when: 'before' | 'after';
}

/** Every command on the way to CONFIRMED, as the first test below finds it. */
const WAY = [
  'catalog.reserveStock',
  'orders.applyToOrder recordReserved',
  'payments.authorizePayment',
  'orders.applyToOrder recordAuthorized',
  'catalog.commitStock',
  'payments.capturePayment',
  'orders.applyToOrder recordConfirmed',
];
const STOPS: Stop[] = WAY.flatMap((at): Stop[] => [
  { at, when: 'before' },
  { at, when: 'after' },
]);
const CARDS = ['pm_card_approve', 'pm_card_timeout_once', 'pm_card_capture_fails'];

let system: System;
let at: OrdersAtWork;
const calls: Call[] = [];
const stops = new Map<string, Stop & { gate: ReturnType<typeof gate> }>();
/** No job begins before it is said where each order shall stop. */
let told = Promise.resolve();

beforeAll(async () => {
  system = await startSystem({
    tamper: intercept(async (call, proceed) => {
      calls.push(call);
      await told;
      const stop = stops.get(call.orderId);
      if (stop?.at !== call.name) return proceed();
      if (stop.when === 'before') await stop.gate.pass();
      const answer = await proceed();
      if (stop.when === 'after') await stop.gate.pass();
      return answer;
    }),
  });
  at = ordersAtWork(system);
});
afterAll(() => system.close());

async function stopped(card: string, stop: Stop, sku: string) {
  const order = await at.place({ card, sku });
  stops.set(order.id, { ...stop, gate: gate() });
  return order;
}

const gateOf = (order: Placed) => {
  const stop = stops.get(order.id);
  if (!stop) throw new Error('not stopped');
  return stop.gate;
};

describe('an order that is cancelled', () => {
  it('before any worker has seen it is cancelled when one does', async () => {
    const order = await at.place();
    expect((await at.cancel(order)).userErrors).toEqual([]);
    await system.startWorkers({ concurrency: 64 });
    await at.reaches(order, { status: 'CANCELLED', payment: 'NONE', reason: 'changed mind' });
    expect(await at.history(order)).toEqual([
      'placed',
      'cancelling',
      'payment_reversed',
      'cancelled',
    ]);
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
    await invariants(system);
  });

  it('once it is confirmed gets its money back', async () => {
    const order = await at.place();
    await at.reaches(order, 'CONFIRMED');
    const made = calls.filter(({ orderId }) => orderId === order.id).map(({ name }) => name);
    expect(made).toEqual(WAY);
    await at.cancel(order);
    await at.reaches(order, { status: 'CANCELLED', payment: 'VOIDED', refund: 'REFUNDED' });
    expect(await at.payments(order)).toMatchObject([{ captured: 2000, refunded: 2000 }]);
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
    await invariants(system);
  });

  it('again answers the same, and does nothing more', async () => {
    const order = await at.place();
    await at.reaches(order, 'CONFIRMED');
    await Promise.all([at.cancel(order), at.cancel(order), at.cancel(order)]);
    await at.reaches(order, 'CANCELLED');
    expect((await at.cancel(order)).userErrors).toEqual([]);
    expect((await at.history(order)).filter((type) => type === 'cancelling')).toHaveLength(1);
    await invariants(system);
  });

  it('while its saga stands anywhere between two steps keeps nothing', async () => {
    const sku = await at.product();
    const cases = CARDS.flatMap((card) => STOPS.map((stop) => ({ card, stop })));
    // A refused capture ends the order by itself, unless its own job is the one that is held up before.
    const reachable = cases.filter(
      ({ card, stop }) => card !== 'pm_card_capture_fails' || WAY.slice(2, -1).includes(stop.at),
    );
    const allTold = Promise.withResolvers<void>();
    told = allTold.promise;
    const orders = await Promise.all(reachable.map(({ card, stop }) => stopped(card, stop, sku)));
    allTold.resolve();
    await Promise.all(orders.map((order) => gateOf(order).reached));

    const states = await Promise.all(orders.map((order) => at.state(order)));
    const seen = new Set(states.map(({ status }) => status));
    expect([...seen].sort()).toEqual(['AUTHORIZED', 'CONFIRMED', 'PENDING', 'RESERVED']);

    await Promise.all(orders.map((order) => at.cancel(order)));
    // Half of them are cancelled for good before their saga goes on; the others race with it.
    const [patient, racing] = [orders.filter(isEven), orders.filter((_, i) => i % 2 === 1)];
    for (const order of racing) gateOf(order).open();
    await Promise.all(patient.map((order) => at.reaches(order, 'CANCELLED')));
    for (const order of patient) gateOf(order).open();
    await Promise.all(racing.map((order) => at.reaches(order, 'CANCELLED')));
    await expect.poll(() => at.stock(sku)).toEqual({ onHand: 1000, reserved: 0 });
    await expect.poll(() => activeJobs()).toBe(0);
    await invariants(system);
  });
});

const isEven = (_: unknown, i: number) => i % 2 === 0;

async function activeJobs(): Promise<number> {
  const queues = system.queues.all.filter(({ name }) => name !== 'outbox');
  const counts = await Promise.all(
    queues.map((queue) => queue.getJobCountByTypes('active', 'waiting', 'delayed')),
  );
  return counts.reduce((all, count) => all + count, 0);
}
