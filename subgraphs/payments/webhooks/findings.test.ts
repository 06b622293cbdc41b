import { describe, expect, it } from 'vitest';
import type { Capture } from '../capture.js';
import type { Payment, PaymentState } from '../payment.js';
import type { ProviderEvent, Standing, StandingRefund } from '../providers/provider.js';
import { aPayment } from '../testing/a-payment.js';
import { CAPTURED_ELSEWHERE, DISPUTED, findingsOf } from './findings.js';

const HELD: Standing = {
  key: 'p',
  authorization: { outcome: 'AUTHORIZED', reference: 'pi', amount: 100, endsAt: null },
  capturable: 100,
  captured: 0,
  capturedByUs: 0,
  refunds: [],
  disputed: false,
};
const TAKEN: Standing = { ...HELD, capturable: 0, captured: 100, capturedByUs: 100 };
const GONE: Standing = {
  ...HELD,
  authorization: { outcome: 'DECLINED', code: 'AUTHORIZATION_EXPIRED', hard: true },
  capturable: 0,
};

interface Case {
  payment: Partial<Payment>;
  captures?: Capture[];
  standing: Partial<Standing>;
  kinds?: Array<ProviderEvent['kind']>;
  isFirstLook?: boolean;
}

function findings({ payment, captures = [], standing, kinds = [], isFirstLook = false }: Case) {
  const books = { payment: { ...aPayment(payment), captures }, refunds: [] };
  return findingsOf(books, { ...HELD, ...standing }, new Set(kinds), isFirstLook);
}

const NOTHING = {
  settled: false,
  ended: false,
  refunds: [],
  warnings: [],
  giveBack: false,
  release: false,
  lookAgain: false,
};

const authorized = { state: 'AUTHORIZED', authorized: 100, reference: 'pi' } as const;

const ours: Capture = {
  paymentId: 'p',
  captureId: 'c',
  amount: 100,
  final: true,
  state: 'CAPTURED',
  code: null,
};

describe('nothing is found', () => {
  it.each<[string, Case]>([
    ['when nothing is new', { payment: authorized, standing: HELD }],
    ['while the answer is on its way', { payment: { state: 'REQUESTED' }, standing: HELD }],
    ['in a capture of ours before its answer came', { payment: authorized, standing: TAKEN }],
    [
      'in a capture of somebody else that was entered',
      {
        payment: { state: 'CAPTURED', authorized: 100, captured: 100 },
        captures: [{ ...ours, captureId: 'p' }],
        standing: { ...TAKEN, capturedByUs: 0 },
      },
    ],
    [
      'in an old dispute',
      {
        payment: { state: 'CAPTURED', captured: 100 },
        standing: { ...TAKEN, disputed: true },
        kinds: ['CHANGED'],
      },
    ],
    [
      'where a reversal is done',
      {
        payment: { state: 'REFUNDED', captured: 100, refunded: 100, reversed: true },
        standing: { ...TAKEN, refunds: [refunded('ours')] },
      },
    ],
  ])('%s', (_name, given) => expect(findings(given)).toEqual(NOTHING));

  it('while the provider has not decided', () => {
    const pending = { outcome: 'PENDING', reference: 'pi', checkAfterMs: 1 } as const;
    const given = { payment: { state: 'PENDING' }, standing: { authorization: pending } } as const;
    expect(findings(given)).toEqual(NOTHING);
  });
});

function refunded(key: string | null, amount = 100): StandingRefund {
  return { reference: `re_${key}`, key, amount, state: 'REFUNDED', reason: null };
}

describe('found is', () => {
  it('what a pending payment came to', () => {
    const found = findings({ payment: { state: 'PENDING' }, standing: HELD });
    expect(found).toMatchObject({ settled: true, change: { after: { state: 'AUTHORIZED' } } });
    const declined = findings({ payment: { state: 'PENDING' }, standing: GONE });
    expect(declined).toMatchObject({ settled: true, change: { after: { state: 'DECLINED' } } });
  });

  it.each<[PaymentState, number, Partial<Standing>, PaymentState, number]>([
    ['AUTHORIZED', 0, { capturable: 0, captured: 100 }, 'CAPTURED', 100],
    ['AUTHORIZED', 0, { capturable: 60, captured: 40 }, 'PARTIALLY_CAPTURED', 40],
    ['AUTHORIZED', 0, { capturable: 0, captured: 40 }, 'CAPTURED', 40],
    ['PARTIALLY_CAPTURED', 30, { capturable: 0, captured: 90, capturedByUs: 30 }, 'CAPTURED', 90],
    ['PENDING', 0, { capturable: 0, captured: 100 }, 'CAPTURED', 100],
  ])('what somebody else captured of one %s with %i', (state, captured, standing, to, total) => {
    const payment = { state, captured, authorized: state === 'PENDING' ? 0 : 100 };
    const { change, warnings } = findings({ payment, standing });
    expect(change?.after).toMatchObject({ state: to, captured: total, authorized: 100 });
    expect(change?.capture).toMatchObject({ captureId: 'p', amount: total - captured });
    expect(warnings).toEqual([CAPTURED_ELSEWHERE]);
  });

  it('an authorization that is gone, at the second look', () => {
    const given = { payment: authorized, standing: GONE };
    expect(findings({ ...given, isFirstLook: true })).toEqual({ ...NOTHING, lookAgain: true });
    expect(findings(given)).toMatchObject({
      ended: true,
      change: { after: { state: 'VOIDED', failureCode: 'AUTHORIZATION_EXPIRED' } },
    });
  });

  it('that the rest of one of which a part was captured is gone', () => {
    const payment = { state: 'PARTIALLY_CAPTURED', authorized: 100, captured: 30 } as const;
    const rest = { payment, standing: { ...HELD, captured: 30, capturedByUs: 30 } };
    expect(findings({ ...rest, standing: { ...rest.standing, capturable: 70 } })).toEqual(NOTHING);
    const gone = { ...rest, standing: { ...rest.standing, capturable: 0 } };
    expect(findings({ ...gone, isFirstLook: true })).toEqual({ ...NOTHING, lookAgain: true });
    expect(findings(gone)).toMatchObject({
      ended: true,
      change: { after: { state: 'CAPTURED', captured: 30, failureCode: 'AUTHORIZATION_VOIDED' } },
    });
  });

  it('what somebody else refunded, and no failed attempt', () => {
    const theirs = refunded(null, 40);
    const failed = { ...refunded(null, 60), state: 'FAILED' } as const;
    const standing = { ...TAKEN, refunds: [refunded('ours'), theirs, failed] };
    const payment = { state: 'CAPTURED', captured: 100 } as const;
    expect(findings({ payment, standing })).toEqual({ ...NOTHING, refunds: [theirs] });
  });

  it('a dispute', () => {
    const standing = { ...TAKEN, disputed: true };
    const payment = { state: 'CAPTURED', captured: 100 } as const;
    expect(findings({ payment, standing, kinds: ['DISPUTED'] }).warnings).toEqual([DISPUTED]);
  });

  it('money that is held for a declined payment', () => {
    expect(findings({ payment: { state: 'DECLINED' }, standing: HELD }).release).toBe(true);
  });

  it.each<[string, Partial<Payment>, Partial<Standing>]>([
    ['held', { state: 'PENDING' }, HELD],
    ['taken', { state: 'CAPTURED', captured: 100 }, TAKEN],
    [
      'partly back',
      { state: 'CAPTURED', captured: 100 },
      { ...TAKEN, refunds: [refunded(null, 9)] },
    ],
  ])('money of an order that has ended: %s', (_name, payment, standing) => {
    expect(findings({ payment: { ...payment, reversed: true }, standing }).giveBack).toBe(true);
  });

  it('that a void was not one', () => {
    const payment = { state: 'VOIDED', checkAfterMs: null, reversed: true } as const;
    expect(findings({ payment, standing: HELD })).toMatchObject({
      giveBack: true,
      change: { after: { state: 'VOIDED', checkAfterMs: 0 } },
    });
  });
});
