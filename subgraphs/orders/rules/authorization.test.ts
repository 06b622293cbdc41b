import { describe, expect, it } from 'vitest';
import { type Command, decide } from '../decide.js';
import { ORDER_STATUSES, type OrderState } from '../order.js';
import { orderIn, paymentsThatAre, wholeOrderIn } from '../testing/order-state.js';
import { endingSoon } from './authorization.js';
import { amountDue, NOT_AUTHORIZED } from './payment.js';
import { refusePayment } from './payment-refusal.js';
import { recordShipmentHeld } from './shipment.js';

/** An order of 10.50 whose money is taken with its shipments, of which nothing was taken yet. */
function held(changes: Partial<OrderState> = {}): OrderState {
  const money = { captureOn: 'SHIPMENT', captured: 0, authorized: 1050 } as const;
  return orderIn('CONFIRMED', { ...money, paymentStatus: 'AUTHORIZED', ...changes });
}

function after(order: OrderState, ...commands: Command[]): OrderState {
  let now = order;
  for (const command of commands) now = { ...now, ...decide(now, command).patch };
  return now;
}

const ended = (attempt = 1, captured = 0): Command => ({
  ...{ type: 'recordAuthorizationEnded', attempt, captured },
  code: 'AUTHORIZATION_EXPIRED',
});
const ENDS = { attempt: 1, endsAt: '2026-11-28T12:00:00.000Z' };
const ending: Command = { type: 'recordAuthorizationEnding', ...ENDS };
const pay = (amount: number | null = null): Command => ({ type: 'pay', method: 'pm_2', amount });
const authorized = (attempt: number, amount: number): Command => ({
  ...{ type: 'recordAuthorized', attempt, amount },
});
const declined = (attempt: number): Command => ({
  ...{ type: 'recordDeclined', attempt, code: 'CARD_DECLINED', hard: true },
});

describe('an authorization that ends soon', () => {
  it('has staff look, and tells by when', () => {
    const warned = after(held(), ending);
    expect(warned.needsAttention).toBe(endingSoon(ENDS, ENDS.endsAt));
    expect(warned.needsAttention).toContain('2026-11-28 12:00 UTC');
    expect(warned.payments).toMatchObject([{ state: 'AUTHORIZED', endsAt: ENDS.endsAt }]);
    expect(decide(held(), ending).facts).toMatchObject([{ type: 'authorization_ending' }]);
  });

  it('does not hide what they are to look at already', () => {
    expect(after(held({ needsAttention: 'a job failed' }), ending).needsAttention).toBe(
      'a job failed',
    );
  });

  it('matters only while money is to be taken with a shipment', () => {
    const told = ORDER_STATUSES.filter(
      (status) => decide({ ...held(), status }, ending).facts.length > 0,
    );
    expect(told).toEqual(['CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED']);
    expect(decide(orderIn('CONFIRMED'), ending).facts).toEqual([]);
  });
});

describe('an authorization that has ended', () => {
  it('counts no more, and staff are told so in the place of the warning', () => {
    const now = after(held(), ending, ended());
    expect(now).toMatchObject({
      status: 'CONFIRMED',
      authorized: 0,
      paymentStatus: 'NONE',
      needsAttention: NOT_AUTHORIZED,
      payments: [{ state: 'ENDED', amount: 0 }],
    });
    expect(amountDue(now)).toBe(1050);
    expect(decide(now, ended()).facts).toEqual([]);
  });

  it('leaves what was captured of it', () => {
    const partly = held({ status: 'PARTIALLY_SHIPPED', captured: 400 });
    const now = after(partly, ended(1, 400));
    expect(now).toMatchObject({ authorized: 400, paymentStatus: 'PARTIALLY_PAID' });
    expect(amountDue(now)).toBe(650);
  });

  it('never leaves less authorized than the order knows to be captured', () => {
    expect(after(held({ captured: 400 }), ended(1, 0)).authorized).toBe(400);
  });

  it('before the order was confirmed has its customer pay again, or ends it', () => {
    const payments = paymentsThatAre(['AUTHORIZED', 'DECLINED'], 500);
    const waiting = after(orderIn('RESERVED', { authorized: 500, payments }), ended());
    expect(waiting).toMatchObject({ status: 'RESERVED', authorized: 0 });
    expect(amountDue(waiting)).toBe(1050);
    const late = after({ ...held(), status: 'AUTHORIZED' }, ended(), {
      ...{ type: 'recordConfirmed', captured: 0 },
    });
    expect(late).toMatchObject({ status: 'CANCELLING', cancelTarget: 'FAILED' });
  });

  it('concerns no order of which all has left or that has ended', () => {
    const told = ORDER_STATUSES.filter(
      (status) => decide({ ...held(), status }, ended()).facts.length > 0,
    );
    expect(told).toEqual([
      'RESERVED',
      'AUTHORIZED',
      'CONFIRMED',
      'PROCESSING',
      'PARTIALLY_SHIPPED',
    ]);
  });
});

it('a capture that is refused for good ends what it was to be taken from', () => {
  const order = wholeOrderIn('PROCESSING', { ...held(), status: 'PROCESSING' });
  const refused = { fulfillmentId: 'parcel-1', code: 'REFUSED', captured: 0 };
  const { patch } = recordShipmentHeld(order, {
    ...refused,
    ended: [{ attempt: 1, captured: 0 }],
  });
  expect(patch).toMatchObject({
    authorized: 0,
    paymentStatus: 'NONE',
    needsAttention: 'shipment 1 waits for its money: REFUSED',
  });
});

describe('money that is authorized anew', () => {
  const uncovered = after(held({ status: 'PARTIALLY_SHIPPED', captured: 400 }), ended(1, 400));

  it('is asked for by staff, up to what is neither captured nor authorized nor asked for', () => {
    expect(refusePayment(uncovered, false)?.why).toBe('STAFF_ONLY');
    expect(refusePayment(uncovered, true)).toBe(undefined);
    const asked = after(uncovered, pay(250), pay(), pay());
    expect(asked.payments.slice(1)).toMatchObject([
      { attempt: 2, amount: 250, state: 'DUE' },
      { attempt: 3, amount: 400, state: 'DUE' },
    ]);
    expect(refusePayment(asked, true)?.why).toBe('PAYMENT_UNDER_WAY');
  });

  it('covers the order again, which stays where it is', () => {
    const half = after(uncovered, pay(250), authorized(2, 250));
    expect(half).toMatchObject({ authorized: 650, needsAttention: NOT_AUTHORIZED });
    const whole = after(half, pay(), authorized(3, 400), authorized(3, 400));
    expect(whole).toMatchObject({
      status: 'PARTIALLY_SHIPPED',
      authorized: 1050,
      paymentStatus: 'PARTIALLY_PAID',
      needsAttention: null,
    });
    expect(refusePayment(whole, true)?.why).toBe('ALREADY_PAID');
  });

  it('that is declined, even for good, leaves the order as it is', () => {
    const tried = after(uncovered, pay(), declined(2));
    expect(tried).toMatchObject({ status: 'PARTIALLY_SHIPPED', authorized: 400 });
    expect(tried.needsAttention).toBe(NOT_AUTHORIZED);
    expect(amountDue(tried)).toBe(650);
  });

  it('is not to be had of an order that was paid with its confirmation', () => {
    const paid = orderIn('CONFIRMED', { authorized: 500 });
    expect(decide(paid, pay()).facts).toEqual([]);
  });
});
