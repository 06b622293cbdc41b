import { openJobs } from '@waybill/scripts/audit/live-jobs.js';
import { openBooks } from '@waybill/scripts/audit/snapshots.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditLines } from '../support/invariants.js';
import { ordersAtWork } from '../support/orders-at-work.js';
import { STORIES } from '../support/stories.js';
import { type System, startSystem } from '../support/system.js';

/** How often each story is lived, all at once. */
const TIMES = 8;
/** For how long the audit waits for steps under way; jobs that are retried take a moment. */
const PATIENCE_MS = 10_000;

let system: System;
beforeAll(async () => {
  system = await startSystem();
  await system.startWorkers();
});
afterAll(() => system.close());

it('an audit takes no step under way for a violation, however often it looks', async () => {
  const at = ordersAtWork(system);
  let living = true;
  const lives = STORIES.flatMap((story) =>
    Array.from({ length: TIMES }, async () => {
      const order = await at.place({ ...story, sku: await at.product(story.onHand) });
      await story.live(order, at);
    }),
  );
  const lived = Promise.all(lives).finally(() => {
    living = false;
  });
  const [books, jobs] = [await openBooks(system.urls), await openJobs(system.backend)];
  let audits = 0;
  for (; living; audits += 1) expect(await auditLines(books, jobs, PATIENCE_MS)).toEqual([]);
  await lived;
  expect(audits).toBeGreaterThan(2);
  expect(await auditLines(books, jobs)).toEqual([]);
  await Promise.all([books.close(), jobs.close()]);
}, 60_000);
