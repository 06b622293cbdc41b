import { describe, expect, it } from 'vitest';
import {
  afterAuthorization,
  afterCapture,
  afterVoid,
  allows,
  authorizeResult,
  canCapture,
  captureResult,
  isReversed,
  LOOK_AGAIN_AFTER_MS,
  mustVoid,
  NEXT,
  type Payment,
  type PaymentState,
} from './payment.js';

const STATES = Object.keys(NEXT) as PaymentState[];

function payment(changes: Partial<Payment> = {}): Payment {
  return {
    id: 'p',
    orderId: 'o',
    attempt: 1,
    customerId: null,
    state: 'REQUESTED',
    amount: 100,
    authorized: 0,
    captured: 0,
    refunded: 0,
    currency: 'GBP',
    method: 'pm_card_approve',
    reference: null,
    failureCode: null,
    failureHard: false,
    checkAfterMs: null,
    reversed: false,
    ...changes,
  };
}

const captured = payment({ state: 'CAPTURED', authorized: 100, captured: 100 });

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
    'AUTHORIZED CAPTURED',
    'AUTHORIZED FAILED',
    'AUTHORIZED VOIDED',
    'FAILED VOIDED',
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
    expect(STATES.filter((state) => canCapture(payment({ state })))).toEqual(['AUTHORIZED']);
    expect(canCapture(payment({ state: 'AUTHORIZED', reversed: true }))).toBe(false);
  });

  it('must be voided wherever money may be held', () => {
    expect(STATES.filter((state) => mustVoid(payment({ state })))).toEqual([
      'REQUESTED',
      'PENDING',
      'AUTHORIZED',
      'FAILED',
    ]);
    expect(mustVoid(payment({ state: 'VOIDED', checkAfterMs: 0 }))).toBe(true);
  });
});

describe('an answer of the provider', () => {
  it('authorizes', () => {
    const answer = { outcome: 'AUTHORIZED', reference: 'r', amount: 100 } as const;
    expect(afterAuthorization(payment({ checkAfterMs: 5 }), answer)).toEqual(
      payment({ state: 'AUTHORIZED', authorized: 100, reference: 'r' }),
    );
  });

  it('leaves it pending', () => {
    const answer = { outcome: 'PENDING', reference: 'r', checkAfterMs: 7 } as const;
    expect(afterAuthorization(payment(), answer)).toEqual(
      payment({ state: 'PENDING', reference: 'r', checkAfterMs: 7 }),
    );
  });

  it('declines', () => {
    const answer = { outcome: 'DECLINED', code: 'NO', hard: true } as const;
    expect(afterAuthorization(payment(), answer)).toEqual(
      payment({ state: 'DECLINED', failureCode: 'NO', failureHard: true }),
    );
  });

  it('captures, or refuses to', () => {
    const held = payment({ state: 'AUTHORIZED', authorized: 100 });
    expect(afterCapture(held, { outcome: 'CAPTURED', amount: 100 })).toEqual(captured);
    expect(afterCapture(held, { outcome: 'FAILED', code: 'NO' })).toMatchObject({
      state: 'FAILED',
      captured: 0,
      failureCode: 'NO',
    });
  });

  it('voids', () => {
    const held = payment({ state: 'AUTHORIZED', authorized: 100 });
    expect(afterVoid(held, { outcome: 'VOIDED' })).toEqual({ ...held, state: 'VOIDED' });
  });

  it('that comes too late to void makes it captured, also where we knew nothing', () => {
    const tooLate = { outcome: 'ALREADY_CAPTURED', amount: 100 } as const;
    expect(afterVoid(payment(), tooLate)).toEqual(captured);
  });

  it('that finds nothing to void has us look again if a request may still be on its way', () => {
    const unknown = { outcome: 'NOT_FOUND' } as const;
    expect(afterVoid(payment(), unknown).checkAfterMs).toBe(LOOK_AGAIN_AFTER_MS);
    const lookedAgain = payment({ state: 'VOIDED', checkAfterMs: 0 });
    expect(afterVoid(lookedAgain, unknown).checkAfterMs).toBeNull();
  });
});

describe('what a command answers', () => {
  it('about an authorization', () => {
    expect(authorizeResult(payment())).toBeInstanceOf(Error);
    expect(authorizeResult(payment({ state: 'PENDING', checkAfterMs: 3 }))).toEqual({
      outcome: 'PENDING',
      checkAfterMs: 3,
    });
    expect(authorizeResult(captured)).toEqual({ outcome: 'AUTHORIZED', amount: 100 });
    expect(authorizeResult(payment({ state: 'VOIDED' }))).toMatchObject({ outcome: 'DECLINED' });
  });

  it('about a capture', () => {
    const declined = payment({ state: 'DECLINED', failureCode: 'NO' });
    const refunded = { ...captured, state: 'REFUNDED', refunded: 100 } as const;
    expect(captureResult([])).toEqual({ outcome: 'FAILED', code: 'NOTHING_AUTHORIZED' });
    expect(captureResult([declined])).toMatchObject({ outcome: 'FAILED' });
    expect(captureResult([declined, refunded])).toEqual({ outcome: 'CAPTURED', amount: 100 });
    expect(captureResult([payment({ state: 'FAILED', failureCode: 'NO' })])).toEqual({
      outcome: 'FAILED',
      code: 'NO',
    });
    expect(captureResult([{ ...captured, reversed: true }])).toMatchObject({ outcome: 'FAILED' });
  });

  it('about a reversal: nothing held and all captured money back', () => {
    expect(isReversed([])).toBe(true);
    expect(isReversed([payment({ state: 'DECLINED' }), payment({ state: 'VOIDED' })])).toBe(true);
    expect(isReversed([captured])).toBe(false);
    expect(isReversed([{ ...captured, state: 'REFUNDED', refunded: 100 }])).toBe(true);
    for (const state of ['REQUESTED', 'PENDING', 'AUTHORIZED', 'FAILED'] as const) {
      expect(isReversed([payment({ state })])).toBe(false);
    }
  });
});
