import { afterAll, beforeAll, expect, it } from 'vitest';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { type System, startSystem } from '../support/system.js';

const TTL_SECONDS = 900;
const LONGEST_SECONDS = 3600;
const LATE_MS = 3_600_000;

let system: System;
let at: OrdersAtWork;
/** How far the provider's clock is ahead of ours. */
let aheadMs = 0;

beforeAll(async () => {
  system = await startSystem({
    reservationTtlSeconds: TTL_SECONDS,
    // A late payment settles after the first hold has ended.
    settleAfterMs: LATE_MS,
    providerNow: () => Date.now() + aheadMs,
    reservationMaxSeconds: LONGEST_SECONDS,
    // Lost jobs, and payments without answer, are looked for all the time.
    timing: { sweepMs: 200, reconcileMs: 200, stalledSeconds: 0 },
  });
  at = ordersAtWork(system);
  await system.startWorkers();
});
afterAll(() => system.close());

const WAIT = { timeout: 30_000 };

/** Lets time pass for a hold: it was made so many seconds ago, and ends in so many. */
async function pass({ id }: Placed, ago: number, left: number): Promise<void> {
  const ends = 'expires_at = now() + make_interval(secs => $2)';
  const made = 'created_at = now() - make_interval(secs => $3)';
  const holds = `update holds set ${made}, ${ends} where order_id = $1`;
  await system.sql('catalog', holds, [id, left, ago]);
  await system.sql('orders', `update orders set ${ends} where id = $1`, [id, left]);
}

/** The seconds for which the units of an order are still held. */
async function heldFor({ id }: Placed): Promise<number> {
  const left = 'select extract(epoch from expires_at - now())::float8 as seconds';
  const [row] = await system.sql<{ seconds: number }>(
    'catalog',
    `${left} from holds where order_id = $1`,
    [id],
  );
  return row?.seconds ?? 0;
}

const extensions = async (order: Placed) =>
  (await at.history(order)).filter((type) => type === 'hold_extended').length;

it('while a payment runs the units stay held for longer, but not for ever', async () => {
  const late = await at.place({ card: 'pm_card_settle_late' });
  const never = await at.place({ card: 'pm_card_never_settles' });
  const shared = await at.place({
    cards: [
      ['pm_card_approve', '12.00'],
      ['pm_card_never_settles', '8.00'],
    ],
  });
  const declined = await at.place({ card: 'pm_card_insufficient_funds' });
  await Promise.all([late, never, shared].map((order) => at.reaches(order, 'RESERVED')));
  await at.declined(declined);

  // Twice, so that the first hold would have ended.
  for (const times of [1, 2]) {
    for (const order of [late, never, shared]) await pass(order, 500 * times, TTL_SECONDS - 500);
    for (const order of [late, never, shared])
      await expect.poll(() => extensions(order), WAIT).toBe(times);
    await expect.poll(() => heldFor(late), WAIT).toBeGreaterThan(TTL_SECONDS - 500);
  }
  // Here the customer must act, and no payment runs.
  await pass(declined, 500, TTL_SECONDS - 500);
  await pass(never, LONGEST_SECONDS, 1);
  await pass(shared, LONGEST_SECONDS, 1);
  aheadMs = LATE_MS;
  await Promise.all([
    at.reaches(late, { status: 'CONFIRMED', payment: 'PAID' }),
    at.reaches(never, { status: 'EXPIRED', payment: 'NONE', reason: 'HOLD_EXPIRED' }),
    at.reaches(shared, { status: 'EXPIRED', payment: 'VOIDED' }),
  ]);
  expect(await heldFor(declined)).toBeLessThanOrEqual(TTL_SECONDS - 500);
  await at.holdRunsOut(declined);
  await at.reaches(declined, { status: 'EXPIRED', payment: 'NONE' });

  expect(await extensions(declined)).toBe(0);
  expect(await at.stock(late.sku)).toMatchObject({ reserved: 2 });
  expect(await at.stock(never.sku)).toEqual({ onHand: 1000, reserved: 0 });
  expect(await at.payments(never)).toMatchObject([{ state: 'VOIDED', authorized: 0 }]);
  expect(await at.payments(shared)).toMatchObject([{ state: 'VOIDED' }, { state: 'VOIDED' }]);
  await invariants(system);
}, 90_000);
