import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Call, intercept, never } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork } from '../support/orders-at-work.js';
import { STORIES, type Story } from '../support/stories.js';
import { type System, startSystem } from '../support/system.js';

/** One crash: of which story, at which of its commands, before it was carried out or after. */
interface Crash {
  story: Story;
  index: number;
  when: 'before' | 'after';
}

const CRASHES: Crash[] = STORIES.flatMap((story) =>
  Array.from({ length: story.calls }, (_, index) => index).flatMap((index): Crash[] => [
    { story, index, when: 'before' },
    { story, index, when: 'after' },
  ]),
);

let system: System;
let at: OrdersAtWork;
const calls = new Map<string, number>();
const crashes = new Map<string, Crash>();
/** Orders whose crash has happened. */
const crashed = new Set<string>();
/** No job begins before it is said where it shall crash. */
let told = Promise.resolve();

beforeAll(async () => {
  system = await startSystem();
  at = ordersAtWork(system);
});
afterAll(() => system.close());
vi.setConfig({ testTimeout: 60_000 });

/** Carries commands out until the order's crash; `die` then stands for the end of the process. */
const crashing = (die: (call: Call) => Promise<never>) =>
  intercept(async (call, proceed) => {
    await told;
    calls.set(call.orderId, call.index + 1);
    const crash = crashes.get(call.orderId);
    if (crash?.index !== call.index || crashed.has(call.orderId)) return proceed();
    crashed.add(call.orderId);
    if (crash.when === 'after') await proceed();
    return die(call);
  });

/** An order for each crash, all at work at once, until each has ended as its story says. */
async function live(cases: Crash[]): Promise<void> {
  const all = Promise.withResolvers<void>();
  told = all.promise;
  const orders = await Promise.all(
    cases.map(async ({ story }) => {
      const sku = await at.product(story.onHand);
      return at.place({ ...story, sku });
    }),
  );
  orders.forEach((order, i) => void crashes.set(order.id, cases[i] as Crash));
  all.resolve();
  await Promise.all(orders.map((order, i) => (cases[i] as Crash).story.live(order, at)));
}

describe('a worker', () => {
  it('that nothing happens to makes these calls', async () => {
    const workers = await system.startWorkers({ tamper: crashing(never) });
    const orders = await Promise.all(
      STORIES.map(async (story) => {
        const sku = await at.product(story.onHand);
        const order = await at.place({ ...story, sku });
        await story.live(order, at);
        return order;
      }),
    );
    await workers.close();
    expect(orders.map(({ id }) => calls.get(id))).toEqual(STORIES.map((story) => story.calls));
    await invariants(system);
  });

  it(`that fails before or after any step (${CRASHES.length} cases) finishes at the next attempt`, async () => {
    crashed.clear();
    const lost = (call: Call) => Promise.reject(new Error(`lost at ${call.name}`));
    const workers = await system.startWorkers({ tamper: crashing(lost) });
    await live(CRASHES);
    await workers.close();
    expect(crashed.size).toBe(CRASHES.length);
    await invariants(system);
  });

  it(`that dies before or after any step (${CRASHES.length} cases) leaves its job to another`, async () => {
    crashed.clear();
    const timing = { lockMs: 500 };
    // Each job that hangs keeps its place until its worker is dead.
    const concurrency = CRASHES.length + 16;
    const dying = await system.startWorkers({ tamper: crashing(never), timing, concurrency });
    const ended = live(CRASHES);
    ended.catch(() => {});
    await expect.poll(() => crashed.size, { timeout: 30_000 }).toBe(CRASHES.length);
    await dying.close(true);
    await system.startWorkers({ timing });
    await ended;
    await invariants(system);
  });
});
