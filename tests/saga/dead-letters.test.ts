import { afterAll, beforeAll, expect, it } from 'vitest';
import { intercept } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { type System, startSystem } from '../support/system.js';

/** Every step whose failure can hold an order up, and what the order looks like meanwhile. */
const STEPS = [
  { command: 'catalog.reserveStock', stuck: 'PENDING', attempts: 9 },
  { command: 'orders.applyToOrder recordReserved', stuck: 'PENDING', attempts: 9 },
  // Our own failure, unlike a provider that does not answer, declines nobody's card.
  { command: 'payments.authorizePayment', stuck: 'RESERVED', attempts: 9 },
  { command: 'orders.applyToOrder recordAuthorized', stuck: 'RESERVED', attempts: 9 },
  { command: 'catalog.commitStock', stuck: 'AUTHORIZED', attempts: 9 },
  { command: 'payments.capturePayment', stuck: 'AUTHORIZED', attempts: 9 },
  { command: 'orders.applyToOrder recordConfirmed', stuck: 'AUTHORIZED', attempts: 9 },
] as const;
const AFTERWARDS = [
  { command: 'payments.reversePayment', stuck: 'CANCELLING', end: 'CANCELLED' },
  { command: 'catalog.releaseStock', stuck: 'CANCELLING', end: 'CANCELLED' },
  { command: 'catalog.consumeStock', stuck: 'PROCESSING', end: 'SHIPPED' },
] as const;

let system: System;
let at: OrdersAtWork;
/** The command that fails for an order, until it is mended. */
const broken = new Map<string, string>();
const tries = new Map<string, number>();
let told = Promise.resolve();

beforeAll(async () => {
  system = await startSystem({
    tamper: intercept(async ({ name, orderId }, proceed) => {
      await told;
      if (broken.get(orderId) !== name) return proceed();
      tries.set(orderId, (tries.get(orderId) ?? 0) + 1);
      throw new Error(`${name} is broken`);
    }),
  });
  at = ordersAtWork(system);
  await system.startWorkers();
});
afterAll(() => system.close());

async function place(command: string): Promise<Placed> {
  const set = Promise.withResolvers<void>();
  told = set.promise;
  const order = await at.place();
  broken.set(order.id, command);
  set.resolve();
  return order;
}

const letterOf = async ({ id }: Placed) =>
  (await system.queues.deadLetters()).find(({ orderId }) => orderId === id);

async function retried(order: Placed): Promise<void> {
  const letter = await letterOf(order);
  broken.delete(order.id);
  expect(await system.queues.retry(letter?.id ?? '')).toBe(true);
}

it.each(STEPS)(
  '$command that keeps failing is a dead letter, and a retry finishes the order',
  async ({ command, stuck, attempts }) => {
    const order = await place(command);
    await at.reaches(order, {
      status: stuck,
      attention: `${await jobOf(order)}: ${command} is broken`,
    });
    expect(tries.get(order.id)).toBe(attempts);
    expect(await letterOf(order)).toMatchObject({ attempts, reason: `${command} is broken` });
    expect((await at.history(order)).at(-1)).toBe('attention_needed');
    await invariants(system);

    await retried(order);
    await at.reaches(order, { status: 'CONFIRMED', attention: null });
    expect(await letterOf(order)).toBeUndefined();
    await invariants(system);
  },
);

/** The event whose job holds the order up. */
async function jobOf(order: Placed): Promise<string | undefined> {
  await expect.poll(() => letterOf(order)).toBeDefined();
  return (await letterOf(order))?.name;
}

it.each(AFTERWARDS)(
  '$command that keeps failing leaves the order $stuck until a retry',
  async ({ command, stuck, end }) => {
    const order = await place(command);
    await at.reaches(order, 'CONFIRMED');
    await (end === 'SHIPPED' ? at.fulfill(order) : at.cancel(order));
    await expect.poll(() => letterOf(order)).toBeDefined();
    await expect.poll(() => at.state(order)).toMatchObject({ status: stuck });
    await expect.poll(async () => (await at.state(order)).attention).toContain('is broken');
    await invariants(system);
    await retried(order);
    await at.reaches(order, { status: end, attention: null });
    await invariants(system);
  },
);

it('a refund that keeps failing flags its order, and a retry makes it', async () => {
  const order = await place('payments.refundPayment');
  await at.reaches(order, 'CONFIRMED');
  await at.fulfill(order);
  await at.reaches(order, 'SHIPPED');
  await at.refund(order, 2, true);
  await expect.poll(async () => (await at.state(order)).attention).toContain('is broken');
  await invariants(system);
  await retried(order);
  await at.reaches(order, { status: 'SHIPPED', refund: 'REFUNDED', open: 0, attention: null });
  await invariants(system);
});

it('a dead letter that is lost, too, is found by the reconciler', async () => {
  const order = await place('payments.capturePayment');
  await expect.poll(async () => (await at.state(order)).attention).toContain('is broken');
  const letter = await letterOf(order);
  const queue = system.queues.all.find(({ name }) => name === 'payment');
  await queue?.remove(letter?.id ?? '');
  broken.delete(order.id);
  const watchful = await system.startWorkers({ timing: { stalledSeconds: 0, reconcileMs: 100 } });
  await at.reaches(order, { status: 'CONFIRMED', attention: null });
  await watchful.close();
  await invariants(system);
});

it('an order that nobody looks after expires with its hold; a late retry does no harm', async () => {
  const order = await place('payments.capturePayment');
  await expect.poll(async () => (await at.state(order)).attention).toContain('is broken');
  await at.holdRunsOut(order);
  await at.reaches(order, { status: 'EXPIRED', payment: 'VOIDED', attention: null });
  await retried(order);
  await expect.poll(() => letterOf(order)).toBeUndefined();
  expect(await at.state(order)).toMatchObject({ status: 'EXPIRED' });
  await invariants(system);
});

it('there is nothing to retry under an id that is no dead letter', async () => {
  expect(await system.queues.retry('no such job')).toBe(false);
});
