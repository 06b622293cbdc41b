import { afterAll, beforeAll, expect, it } from 'vitest';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { type System, startSystem } from '../support/system.js';

const LONGEST_SECONDS = 600;

let system: System;
let at: OrdersAtWork;

beforeAll(async () => {
  system = await startSystem({
    // A late payment settles after the first hold has ended.
    reservationTtlSeconds: 10,
    settleAfterMs: 12_000,
    reservationMaxSeconds: LONGEST_SECONDS,
    // Lost jobs, and payments without answer, are looked for all the time.
    timing: { sweepMs: 200, reconcileMs: 200, stalledSeconds: 0 },
  });
  at = ordersAtWork(system);
  await system.startWorkers();
});
afterAll(() => system.close());

const PATIENCE = 90_000;
const WAIT = { timeout: 30_000 };

/** Lets time pass for a hold: it was made long ago, and soon ends. */
async function heldForLong({ id }: Placed): Promise<void> {
  const made = `now() - interval '${LONGEST_SECONDS} seconds'`;
  const ends = `expires_at = now() + interval '1 second'`;
  await system.sql(
    'catalog',
    `update holds set created_at = ${made}, ${ends} where order_id = $1`,
    [id],
  );
  await system.sql('orders', `update orders set ${ends} where id = $1`, [id]);
}

it(
  'while a payment runs the units stay held for longer, but not for ever',
  async () => {
    const late = await at.place({ card: 'pm_card_settle_late' });
    const never = await at.place({ card: 'pm_card_never_settles' });
    const shared = await at.place({
      cards: [
        ['pm_card_approve', '12.00'],
        ['pm_card_never_settles', '8.00'],
      ],
    });
    const declined = await at.place({ card: 'pm_card_insufficient_funds' });
    for (const order of [never, shared]) {
      await expect.poll(() => at.history(order), WAIT).toContain('hold_extended');
      await heldForLong(order);
    }
    await Promise.all([
      at.reaches(late, { status: 'CONFIRMED', payment: 'PAID' }),
      at.reaches(never, { status: 'EXPIRED', payment: 'NONE', reason: 'HOLD_EXPIRED' }),
      at.reaches(shared, { status: 'EXPIRED', payment: 'VOIDED' }),
      // Here the customer must act, and no payment runs.
      at.reaches(declined, { status: 'EXPIRED', payment: 'NONE' }),
    ]);

    expect(await at.history(late)).toContain('hold_extended');
    expect(await at.history(declined)).not.toContain('hold_extended');
    expect(await at.stock(late.sku)).toMatchObject({ reserved: 2 });
    expect(await at.stock(never.sku)).toEqual({ onHand: 1000, reserved: 0 });
    expect(await at.payments(never)).toMatchObject([{ state: 'VOIDED', authorized: 0 }]);
    expect(await at.payments(shared)).toMatchObject([{ state: 'VOIDED' }, { state: 'VOIDED' }]);
    await invariants(system);
  },
  PATIENCE,
);
