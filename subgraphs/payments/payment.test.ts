import { describe, expect, it } from 'vitest';
import {
  afterAuthorization,
  afterVoid,
  allows,
  authorizeResult,
  canCapture,
  isReversed,
  LOOK_AGAIN_AFTER_MS,
  mustVoid,
  NEXT,
  type PaymentState,
} from './payment.js';
import { aPayment } from './testing/a-payment.js';

const STATES = Object.keys(NEXT) as PaymentState[];

const captured = aPayment({ state: 'CAPTURED', authorized: 100, captured: 100 });

describe('the states of a payment', () => {
  // Written out once more and by hand: what the table of the code says is compared pair by pair.
  const allowed = new Set([
    'REQUESTED PENDING',
    'REQUESTED AUTHORIZED',
    'REQUESTED DECLINED',
    'REQUESTED VOIDED',
    'REQUESTED CAPTURED',
    'PENDING PENDING',
    'PENDING AUTHORIZED',
    'PENDING DECLINED',
    'PENDING VOIDED',
    'PENDING CAPTURED',
    'AUTHORIZED PARTIALLY_CAPTURED',
    'AUTHORIZED CAPTURED',
    'AUTHORIZED FAILED',
    'AUTHORIZED VOIDED',
    'PARTIALLY_CAPTURED PARTIALLY_CAPTURED',
    'PARTIALLY_CAPTURED CAPTURED',
    'PARTIALLY_CAPTURED PARTIALLY_REFUNDED',
    'PARTIALLY_CAPTURED REFUNDED',
    'FAILED VOIDED',
    'FAILED PARTIALLY_CAPTURED',
    'FAILED CAPTURED',
    'VOIDED VOIDED',
    'VOIDED CAPTURED',
    'CAPTURED PARTIALLY_REFUNDED',
    'CAPTURED REFUNDED',
    'PARTIALLY_REFUNDED PARTIALLY_REFUNDED',
    'PARTIALLY_REFUNDED REFUNDED',
  ]);

  it.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))(
    '%s → %s',
    (from, to) => {
      expect(allows(from, to)).toBe(allowed.has(`${from} ${to}`));
    },
  );

  it('let a capture happen only where money is held for an order that stands', () => {
    expect(STATES.filter((state) => canCapture(aPayment({ state })))).toEqual([
      'AUTHORIZED',
      'PARTIALLY_CAPTURED',
    ]);
    expect(canCapture(aPayment({ state: 'AUTHORIZED', reversed: true }))).toBe(false);
    expect(canCapture(aPayment({ state: 'PARTIALLY_CAPTURED', failureCode: 'NO' }))).toBe(false);
  });

  it('must be voided wherever money may be held', () => {
    expect(STATES.filter((state) => mustVoid(aPayment({ state })))).toEqual([
      'REQUESTED',
      'PENDING',
      'AUTHORIZED',
      'PARTIALLY_CAPTURED',
      'FAILED',
    ]);
    expect(mustVoid(aPayment({ state: 'VOIDED', checkAfterMs: 0 }))).toBe(true);
  });
});

describe('an answer of the provider', () => {
  it('authorizes', () => {
    const known = { reference: 'r', endsAt: '2026-11-28T00:00:00.000Z' };
    const answer = { outcome: 'AUTHORIZED', amount: 100, ...known } as const;
    expect(afterAuthorization(aPayment({ checkAfterMs: 5 }), answer)).toEqual(
      aPayment({ state: 'AUTHORIZED', authorized: 100, ...known }),
    );
  });

  it('leaves it pending', () => {
    const answer = { outcome: 'PENDING', reference: 'r', checkAfterMs: 7 } as const;
    expect(afterAuthorization(aPayment(), answer)).toEqual(
      aPayment({ state: 'PENDING', reference: 'r', checkAfterMs: 7 }),
    );
  });

  it('declines', () => {
    const answer = { outcome: 'DECLINED', code: 'NO', hard: true } as const;
    expect(afterAuthorization(aPayment(), answer)).toEqual(
      aPayment({ state: 'DECLINED', failureCode: 'NO', failureHard: true }),
    );
  });

  it('voids', () => {
    const held = aPayment({ state: 'AUTHORIZED', authorized: 100 });
    expect(afterVoid(held, { outcome: 'VOIDED', captured: 0 })).toEqual({
      ...held,
      state: 'VOIDED',
    });
  });

  it('voids the rest of what was captured in part, refunded or not', () => {
    const part = aPayment({ state: 'PARTIALLY_CAPTURED', authorized: 100, captured: 60 });
    const answer = { outcome: 'VOIDED', captured: 60 } as const;
    expect(afterVoid(part, answer)).toEqual({ ...part, state: 'CAPTURED' });
    expect(afterVoid({ ...part, refunded: 10 }, answer).state).toBe('PARTIALLY_REFUNDED');
    expect(afterVoid({ ...part, refunded: 60 }, answer).state).toBe('REFUNDED');
  });

  it('that comes too late to void makes it captured, also where we knew nothing', () => {
    const tooLate = { outcome: 'VOIDED', captured: 100 } as const;
    expect(afterVoid(aPayment(), tooLate)).toEqual(captured);
  });

  it('that finds nothing to void has us look again if a request may still be on its way', () => {
    const unknown = { outcome: 'NOT_FOUND' } as const;
    expect(afterVoid(aPayment(), unknown).checkAfterMs).toBe(LOOK_AGAIN_AFTER_MS);
    const lookedAgain = aPayment({ state: 'VOIDED', checkAfterMs: 0 });
    expect(afterVoid(lookedAgain, unknown).checkAfterMs).toBeNull();
  });
});

describe('what a command answers', () => {
  it('about an authorization', () => {
    expect(authorizeResult(aPayment())).toBeInstanceOf(Error);
    expect(authorizeResult(aPayment({ state: 'PENDING', checkAfterMs: 3 }))).toEqual({
      outcome: 'PENDING',
      checkAfterMs: 3,
    });
    expect(authorizeResult(captured)).toEqual({ outcome: 'AUTHORIZED', amount: 100 });
    expect(authorizeResult(aPayment({ state: 'VOIDED' }))).toMatchObject({ outcome: 'DECLINED' });
  });

  it('about a reversal: nothing held and all captured money back', () => {
    expect(isReversed([])).toBe(true);
    expect(isReversed([aPayment({ state: 'DECLINED' }), aPayment({ state: 'VOIDED' })])).toBe(true);
    expect(isReversed([captured])).toBe(false);
    expect(isReversed([{ ...captured, state: 'REFUNDED', refunded: 100 }])).toBe(true);
    for (const state of [
      'REQUESTED',
      'PENDING',
      'AUTHORIZED',
      'PARTIALLY_CAPTURED',
      'FAILED',
    ] as const) {
      expect(isReversed([aPayment({ state })])).toBe(false);
    }
  });
});
