import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, decide } from './decide.js';
import type { Fact } from './decision.js';
import { type OrderState, TERMINAL, TRANSITIONS } from './order.js';
import { orderIn } from './testing/order-state.js';

const TOTAL = 1050;
const amount = fc.integer({ min: 0, max: TOTAL });
const code = fc.constant('code');

/** Anything that may be asked, in any order, with any numbers that the contexts can name. */
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('recordReserved' as const), expiresAt: fc.constant('2026-11-20') }),
  fc.record({
    type: fc.constant('recordHoldExtended' as const),
    expiresAt: fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-22'),
    ttlSeconds: fc.constant(900),
  }),
  fc.constant<Command>({ type: 'recordShortage', shortages: [] }),
  fc.constant<Command>({ type: 'recordNotSellable', skus: [] }),
  fc.record({
    type: fc.constant('recordAuthorized' as const),
    attempt: fc.integer({ min: 1, max: 3 }),
    amount: fc.constantFrom(TOTAL, TOTAL, TOTAL - 1),
  }),
  fc.record({
    type: fc.constant('recordDeclined' as const),
    attempt: fc.integer({ min: 1, max: 3 }),
    code,
    hard: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('recordConfirmed' as const),
    captured: fc.constantFrom(TOTAL, TOTAL, 1),
  }),
  fc.record({ type: fc.constant('recordSettlementFailed' as const), code }),
  fc.record({ type: fc.constant('recordPaymentReversed' as const), refunded: amount }),
  fc.constant<Command>({ type: 'recordStockReleased' }),
  fc.constant<Command>({ type: 'expire' }),
  fc.record({
    type: fc.constant('pay' as const),
    method: fc.constantFrom('pm_1', 'pm_2'),
    amount: fc.constantFrom(null, 50),
  }),
  fc.record({
    type: fc.constant('recordAuthorizationEnded' as const),
    attempt: fc.integer({ min: 1, max: 3 }),
    captured: fc.constantFrom(0, 50),
    code,
  }),
  fc.record({ type: fc.constant('flagAttention' as const), reason: code }),
  fc.record({ type: fc.constant('recordPaymentIssue' as const), reason: code }),
);

interface Step {
  before: OrderState;
  after: OrderState;
  facts: Fact[];
}

/** Where a walk begins: chance alone would seldom bring an order far. */
const start = fc.constantFrom('PENDING', 'RESERVED', 'AUTHORIZED', 'CONFIRMED', 'CANCELLING');
type Start = typeof start extends fc.Arbitrary<infer Status> ? Status : never;

function walk(from: Start, commands: Command[]): Step[] {
  let order = orderIn(from, { total: TOTAL });
  return commands.map((asked) => {
    const before = order;
    const { facts, patch } = decide(before, asked);
    order = { ...before, ...patch };
    return { before, after: order, facts };
  });
}

const always = (holds: (step: Step) => void) =>
  fc.assert(
    fc.property(start, fc.array(command, { maxLength: 30 }), (from, commands) =>
      walk(from, commands).forEach(holds),
    ),
    { numRuns: 2000 },
  );

describe('whatever is asked in whatever order', () => {
  it('seq counts the events, without gaps', () => {
    always(({ before, after, facts }) => expect(after.seq - before.seq).toBe(facts.length));
  });

  it('each status follows the one before it by a transition of the lifecycle', () => {
    always(({ before, after, facts }) => {
      const path = [before.status, ...facts.map(({ to }) => to)];
      path.slice(1).forEach((to, i) => {
        const from = path[i] as typeof to;
        expect(to === from || TRANSITIONS[from].includes(to)).toBe(true);
      });
      expect(path.at(-1)).toBe(after.status);
    });
  });

  it('a terminal status is never left, and there only the refund axis moves', () => {
    always(({ before, after }) => {
      if (!TERMINAL.includes(before.status)) return;
      const { seq: _, refunded: _r, refundStatus: _s, needsAttention: _a, ...rest } = after;
      expect(before).toMatchObject(rest);
    });
  });

  it('no more is refunded than was captured', () => {
    always(({ after }) => {
      expect(after.refunded).toBeGreaterThanOrEqual(0);
      expect(after.refunded).toBeLessThanOrEqual(after.captured);
    });
  });

  it('the refund status says how much was refunded', () => {
    always(({ after: { captured, refunded, refundStatus } }) => {
      const part = refunded < captured ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
      expect(refundStatus).toBe(refunded === 0 ? 'NONE' : part);
    });
  });

  it('a cancelled, failed or expired order owes nothing either way', () => {
    always(({ after }) => {
      if (!['CANCELLED', 'FAILED', 'EXPIRED'].includes(after.status)) return;
      expect(after.captured - after.refunded).toBe(0);
      expect(['NONE', 'VOIDED']).toContain(after.paymentStatus);
      expect(after.expiresAt).toBe(null);
    });
  });

  it('a confirmed order is paid', () => {
    always(({ after }) => {
      if (!['CONFIRMED', 'PROCESSING', 'SHIPPED'].includes(after.status)) return;
      expect(after).toMatchObject({ paymentStatus: 'PAID', captured: TOTAL });
    });
  });

  it('asking the same of the saga again changes nothing more', () => {
    const repeated = fc.tuple(start, fc.array(command, { maxLength: 20 }), command);
    fc.assert(
      fc.property(repeated, ([from, commands, asked]) => {
        // What is due can be paid bit by bit.
        if (asked.type === 'pay') return;
        const [last] = walk(from, [...commands, asked]).slice(-1);
        if (last) expect(decide(last.after, asked).facts).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
