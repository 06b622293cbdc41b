import { afterAll, beforeAll, expect, it } from 'vitest';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork } from '../support/orders-at-work.js';
import { STORIES } from '../support/stories.js';
import { type System, startSystem } from '../support/system.js';

let system: System;
let at: OrdersAtWork;
/** Batches that were handed over and that the outbox shall not know of. */
let toLose = 0;

beforeAll(async () => {
  system = await startSystem({
    onPublished: () => {
      toLose -= 1;
      if (toLose >= 0) throw new Error('died before it was written down');
    },
  });
  at = ordersAtWork(system);
  await system.startWorkers();
});
afterAll(() => system.close());

it('events that were sent, but not known to be, are sent again and have their effect once', async () => {
  toLose = 4;
  await Promise.all(
    STORIES.map(async (story) => {
      const sku = await at.product(story.onHand);
      const order = await at.place({ ...story, sku });
      await story.live(order, at);
    }),
  );
  expect(toLose).toBeLessThan(0);
  const ids = system.published.map(({ id }) => id);
  expect(new Set(ids).size).toBeLessThan(ids.length);
  await invariants(system);
});
