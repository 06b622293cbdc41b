import { describe, expect, it } from 'vitest';
import { decide } from '../decide.js';
import { ORDER_STATUSES, type OrderState } from '../order.js';
import { orderIn, paymentsThatAre } from '../testing/order-state.js';
import { amountDue, awaitsPayment, paymentStatusOf, refundStatusOf } from './payment.js';

/** An order of 10.50 by two payments of 6.00 and 4.50. */
function shared(changes: Partial<OrderState> = {}): OrderState {
  const payments = [
    { attempt: 1, method: 'pm_1', amount: 600, state: 'DUE' },
    { attempt: 2, method: 'pm_2', amount: 450, state: 'DUE' },
  ] as const;
  return orderIn('RESERVED', { payments: [...payments], ...changes });
}

function after(order: OrderState, ...commands: Array<Parameters<typeof decide>[1]>): OrderState {
  let now = order;
  for (const command of commands) now = { ...now, ...decide(now, command).patch };
  return now;
}

const authorized = (attempt: number, amount: number) =>
  ({ type: 'recordAuthorized', attempt, amount }) as const;
const declined = (attempt: number, hard = false) =>
  ({ type: 'recordDeclined', attempt, code: 'no', hard }) as const;

describe('what is due', () => {
  it('is what no payment covers, made or being made', () => {
    const due = (payments: OrderState['payments'], authorized = 0) =>
      amountDue(orderIn('RESERVED', { payments, authorized }));
    expect(due([])).toBe(1050);
    expect(due(paymentsThatAre(['DUE'], 600))).toBe(450);
    expect(due(paymentsThatAre(['AUTHORIZED', 'DECLINED'], 600), 600)).toBe(450);
    expect(due(paymentsThatAre(['DECLINED', 'DUE']))).toBe(0);
  });

  it('can be paid only while units are held, and nothing is when the order has ended', () => {
    const payments = paymentsThatAre(['DECLINED']);
    const open = ORDER_STATUSES.filter((status) => awaitsPayment(orderIn(status, { payments })));
    expect(open).toEqual(['RESERVED']);
    expect(awaitsPayment(orderIn('RESERVED'))).toBe(false);
    expect(amountDue(orderIn('CANCELLING', { payments }))).toBe(0);
    expect(amountDue(orderIn('FAILED', { payments }))).toBe(0);
  });
});

it.each([
  [0, 0, 'NONE'],
  [1049, 0, 'NONE'],
  [1050, 0, 'AUTHORIZED'],
  [1050, 1, 'PARTIALLY_PAID'],
  [1050, 1050, 'PAID'],
])('authorized %i and captured %i of 1050 is %s', (authorized, captured, status) => {
  expect(paymentStatusOf({ total: 1050, authorized, captured })).toBe(status);
});

it.each([
  [0, 0, 'NONE'],
  [1050, 0, 'NONE'],
  [1050, 1049, 'PARTIALLY_REFUNDED'],
  [1050, 1050, 'REFUNDED'],
])('captured %i and refunded %i is %s', (captured, refunded, status) => {
  expect(refundStatusOf({ captured, refunded })).toBe(status);
});

it('a refund that came before the confirmation is part of what is captured with it', () => {
  const order = orderIn('AUTHORIZED', { captured: 50, refunded: 50, refundStatus: 'REFUNDED' });
  const { patch } = decide(order, { type: 'recordConfirmed', captured: 1050 });
  expect(patch).toMatchObject({ captured: 1050, refundStatus: 'PARTIALLY_REFUNDED' });
});

describe('an order that several payments pay', () => {
  it('starts each payment by an event of its own', () => {
    const order = { ...shared(), status: 'PENDING' } as const;
    const { facts, patch } = decide(order, { type: 'recordReserved', expiresAt: 'then' });
    expect(facts.map(({ type, to, data }) => [type, to, data])).toMatchObject([
      ['validated', 'VALIDATED', {}],
      ['reserved', 'RESERVED', { attempt: 1, amount: 600, method: 'pm_1' }],
      ['payment_requested', 'RESERVED', { attempt: 2, amount: 450, method: 'pm_2' }],
    ]);
    expect(patch).toMatchObject({ status: 'RESERVED', seq: order.seq + 3 });
  });

  it('is authorized when the last of them is, in whatever sequence, each counted once', () => {
    const first = after(shared(), authorized(2, 450), authorized(2, 450));
    expect(first).toMatchObject({ status: 'RESERVED', authorized: 450, paymentStatus: 'NONE' });
    expect(decide(shared(), authorized(2, 450)).facts).toMatchObject([
      { type: 'payment_authorized', data: { attempt: 2, amount: 450 } },
    ]);
    const both = after(first, authorized(1, 600));
    expect(both).toMatchObject({ status: 'AUTHORIZED', authorized: 1050 });
    expect(both.paymentStatus).toBe('AUTHORIZED');
  });

  it('waits for what one of them could not pay, which others may pay in parts', () => {
    const waiting = after(shared(), declined(1), authorized(2, 450));
    expect(amountDue(waiting)).toBe(600);
    const paying = after(
      waiting,
      { type: 'pay', method: 'pm_3', amount: 100 },
      { type: 'pay', method: 'pm_4', amount: null },
    );
    expect(paying.payments.slice(2)).toMatchObject([
      { attempt: 3, amount: 100, state: 'DUE' },
      { attempt: 4, amount: 500, state: 'DUE' },
    ]);
    expect(awaitsPayment(paying)).toBe(false);
    const paid = after(paying, authorized(4, 500), authorized(3, 100));
    expect(paid).toMatchObject({ status: 'AUTHORIZED', authorized: 1050 });
  });

  it('ends when one of them is declined for good', () => {
    const ended = after(shared(), authorized(1, 600), declined(2, true));
    expect(ended).toMatchObject({ status: 'CANCELLING', cancelTarget: 'FAILED' });
    const reversed = after(ended, { type: 'recordPaymentReversed', refunded: 0 });
    expect(reversed.paymentStatus).toBe('VOIDED');
  });
});

describe('an order whose money is taken with each shipment', () => {
  const order = orderIn('AUTHORIZED', { captureOn: 'SHIPMENT' });

  it('is confirmed on its authorization alone', () => {
    const confirmed = after(order, { type: 'recordConfirmed', captured: 0 });
    expect(confirmed).toMatchObject({
      status: 'CONFIRMED',
      paymentStatus: 'AUTHORIZED',
      authorized: 1050,
      captured: 0,
      expiresAt: null,
    });
  });

  it('is paid where it costs nothing', () => {
    const free = { ...order, total: 0, authorized: 0 };
    const confirmed = after(free, { type: 'recordConfirmed', captured: 0 });
    expect(confirmed).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'PAID' });
  });
});
