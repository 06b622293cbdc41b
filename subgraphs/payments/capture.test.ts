import { describe, expect, it } from 'vitest';
import {
  afterCapture,
  type Capture,
  capturable,
  captureResult,
  foundCapture,
  mustWait,
  planCapture,
  takesAll,
  type WithCaptures,
} from './capture.js';
import { aPayment } from './testing/a-payment.js';

function held(id: string, authorized: number, ...captures: Capture[]): WithCaptures {
  const captured = captures
    .filter(({ state }) => state === 'CAPTURED')
    .reduce((sum, { amount }) => sum + amount, 0);
  const state = captured > 0 ? 'PARTIALLY_CAPTURED' : 'AUTHORIZED';
  return { ...aPayment({ id, state, authorized, captured }), captures };
}

function capture(changes: Partial<Capture> = {}): Capture {
  const id = { paymentId: 'p', captureId: 'earlier' };
  return { ...id, amount: 30, final: false, state: 'CAPTURED', code: null, ...changes };
}

function wish(amount: number, final = false) {
  return { orderId: 'o', captureId: 'c', amount, final };
}

const taken = (captures: Capture[]) => captures.map((c) => [c.paymentId, c.amount, c.final]);

describe('what can be captured', () => {
  it('is authorized − captured − about to be; what failed does not count', () => {
    expect(capturable(held('p', 100, capture()))).toBe(70);
    expect(capturable(held('p', 100, capture(), capture({ state: 'PENDING' })))).toBe(40);
    expect(capturable(held('p', 100, capture({ state: 'FAILED' })))).toBe(100);
  });

  it('is nothing after a final capture, a refusal or a reversal', () => {
    expect(capturable(held('p', 100, capture({ state: 'PENDING', final: true })))).toBe(0);
    expect(capturable({ ...held('p', 100, capture()), failureCode: 'NO' })).toBe(0);
    expect(capturable({ ...held('p', 100), reversed: true })).toBe(0);
    expect(capturable({ ...held('p', 100), state: 'CAPTURED' })).toBe(0);
  });
});

describe('a plan', () => {
  const two = [held('p', 60), held('q', 40)];

  it('takes from the oldest payment first, and from several where one has not enough', () => {
    expect(taken(planCapture(wish(50), two))).toEqual([['p', 50, false]]);
    expect(taken(planCapture(wish(70), two))).toEqual([
      ['p', 60, true],
      ['q', 10, false],
    ]);
  });

  it('takes nothing where there is not enough', () => {
    expect(planCapture(wish(101), two)).toEqual([]);
    expect(captureResult(wish(101), two)).toMatchObject({ code: 'EXCEEDS_AUTHORIZED' });
  });

  it('only takes what is missing, and at most once from a payment', () => {
    const own = capture({ captureId: 'c' });
    expect(taken(planCapture(wish(50), [held('p', 60, own), held('q', 40)]))).toEqual([
      ['q', 20, false],
    ]);
    expect(planCapture(wish(50), [held('p', 60, own)])).toEqual([]);
    expect(planCapture(wish(30), [held('p', 60, own)])).toEqual([]);
  });

  it('needs no lock where it takes all there is and nobody else takes anything', () => {
    expect(takesAll(wish(100, true), two)).toBe(true);
    expect(takesAll(wish(100, false), two)).toBe(false);
    expect(takesAll(wish(99, true), two)).toBe(false);
    const busy = [held('p', 60, capture({ state: 'PENDING' })), held('q', 40)];
    expect(takesAll(wish(70, true), busy)).toBe(false);
    expect(mustWait(wish(70, true), busy)).toBe(true);
    expect(mustWait(wish(70, false), busy)).toBe(false);
  });
});

describe('an answer', () => {
  const asked = capture({ captureId: 'c', state: 'PENDING' });
  const yes = { outcome: 'CAPTURED', amount: 30 } as const;
  const no = { outcome: 'FAILED', code: 'NO' } as const;

  it.each([
    ['a part', held('p', 100), asked, 'PARTIALLY_CAPTURED'],
    ['the last part', held('p', 100), { ...asked, final: true }, 'CAPTURED'],
    ['the rest', held('p', 60, capture()), asked, 'CAPTURED'],
    ['all', held('p', 30), asked, 'CAPTURED'],
    [
      'the rest of what was refunded in part',
      { ...held('p', 60, capture()), refunded: 1 },
      asked,
      'PARTIALLY_REFUNDED',
    ],
  ])('that takes %s', (_, before, request, state) => {
    const { payment, capture } = afterCapture(before, request, yes);
    expect(payment).toMatchObject({ state, captured: before.captured + 30 });
    expect(capture).toMatchObject({ state: 'CAPTURED', amount: 30 });
  });

  it('that refuses ends the payment but leaves what was captured before', () => {
    const first = afterCapture(held('p', 100), asked, no);
    expect(first.payment).toMatchObject({ state: 'FAILED', captured: 0, failureCode: 'NO' });
    expect(first.capture).toMatchObject({ state: 'FAILED', code: 'NO' });
    const second = afterCapture(held('p', 100, capture()), asked, no).payment;
    expect(second).toMatchObject({ state: 'PARTIALLY_CAPTURED', captured: 30, failureCode: 'NO' });
    const closed = { ...held('p', 100), state: 'VOIDED' } as const;
    expect(afterCapture(closed, asked, no).payment).toEqual(closed);
  });

  it('of a void that tells of more is a capture of its own', () => {
    const before = aPayment({ captured: 10 });
    const found = foundCapture(before, { ...before, captured: 40 });
    expect(found).toMatchObject({ captureId: 'p', amount: 30, state: 'CAPTURED' });
    expect(foundCapture(before, before)).toBeUndefined();
  });
});

describe('what is answered about a capture', () => {
  const own = capture({ captureId: 'c', amount: 60 });

  it('says what was taken under its key', () => {
    const payments = [held('p', 100, own, capture())];
    expect(captureResult(wish(60), payments)).toEqual({ outcome: 'CAPTURED', amount: 60 });
    expect(captureResult(wish(0, true), [])).toEqual({ outcome: 'CAPTURED', amount: 0 });
  });

  it('says why it failed, and what was taken nevertheless', () => {
    const failed = (code: string, captured = 0, ended: object[] = []) => ({
      ...{ outcome: 'FAILED', code, captured, ended },
    });
    expect(captureResult(wish(1), [])).toEqual(failed('NOTHING_AUTHORIZED'));
    const declined = { ...aPayment({ state: 'DECLINED', failureCode: 'LOST' }), captures: [] };
    expect(captureResult(wish(1), [declined])).toEqual(failed('NOTHING_AUTHORIZED'));
    const refused = { ...held('q', 40), state: 'FAILED', failureCode: 'NO' } as const;
    expect(captureResult(wish(100), [held('p', 60, own), refused])).toEqual(
      failed('NO', 60, [{ attempt: 1, captured: 0 }]),
    );
    const reversed = { ...held('p', 60, own), reversed: true };
    expect(captureResult(wish(60), [reversed])).toEqual(failed('PAYMENT_REVERSED', 60));
  });
});
