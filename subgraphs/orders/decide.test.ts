import { describe, expect, it } from 'vitest';
import { type Command, decide } from './decide.js';
import { ORDER_STATUSES, type OrderState, type OrderStatus, TERMINAL } from './order.js';
import { orderIn, paymentsThatAre } from './testing/order-state.js';

interface Rule {
  command: Command;
  /** Status before → the events, or nothing where the status is not named. */
  leads: Partial<Record<OrderStatus, string[]>>;
  /** What the order is afterwards, besides seq and status. */
  patch?: Partial<OrderState>;
  /** What the order was before, besides its status. */
  given?: Partial<OrderState>;
}

const EXPIRES = '2026-11-20T12:00:00.000Z';
const everywhere = (events: string[], but: readonly OrderStatus[] = []) =>
  Object.fromEntries(
    ORDER_STATUSES.filter((status) => !but.includes(status)).map((status) => [status, events]),
  );

const RULES: Record<string, Rule> = {
  'units held': {
    command: { type: 'recordReserved', expiresAt: EXPIRES },
    leads: { PENDING: ['validated', 'reserved'] },
    patch: { status: 'RESERVED', expiresAt: EXPIRES },
  },
  'the hold extended while a payment runs': {
    given: { expiresAt: EXPIRES },
    command: {
      type: 'recordHoldExtended',
      expiresAt: '2026-11-20T12:07:30.000Z',
      ttlSeconds: 900,
    },
    leads: { RESERVED: ['hold_extended'] },
    patch: { status: 'RESERVED', expiresAt: '2026-11-20T12:07:30.000Z' },
  },
  'the hold extended by a little': {
    given: { expiresAt: EXPIRES },
    command: {
      type: 'recordHoldExtended',
      expiresAt: '2026-11-20T12:07:29.999Z',
      ttlSeconds: 900,
    },
    leads: {},
  },
  'too few units': {
    command: { type: 'recordShortage', shortages: [{ sku: 'A', requested: 2, available: 1 }] },
    leads: { PENDING: ['validated', 'failed'] },
    patch: { status: 'FAILED', reason: 'OUT_OF_STOCK' },
  },
  'not for sale': {
    command: { type: 'recordNotSellable', skus: ['A'] },
    leads: { PENDING: ['failed'] },
    patch: { status: 'FAILED', reason: 'NOT_SELLABLE' },
  },
  'money authorized': {
    command: { type: 'recordAuthorized', attempt: 1, amount: 1050 },
    leads: { RESERVED: ['authorized'] },
    patch: {
      status: 'AUTHORIZED',
      paymentStatus: 'AUTHORIZED',
      authorized: 1050,
      payments: paymentsThatAre(['AUTHORIZED']),
    },
  },
  'less authorized than was asked for': {
    command: { type: 'recordAuthorized', attempt: 1, amount: 1049 },
    leads: { RESERVED: ['payment_authorized'] },
    patch: { status: 'RESERVED', paymentStatus: 'NONE', authorized: 1049 },
  },
  'money authorized of an attempt never made': {
    command: { type: 'recordAuthorized', attempt: 2, amount: 1050 },
    leads: {},
  },
  'soft decline': {
    command: { type: 'recordDeclined', attempt: 1, code: 'no_funds', hard: false },
    leads: { RESERVED: ['payment_declined'] },
    patch: { status: 'RESERVED', payments: paymentsThatAre(['DECLINED']) },
  },
  'hard decline': {
    command: { type: 'recordDeclined', attempt: 1, code: 'stolen', hard: true },
    leads: { RESERVED: ['cancelling'] },
    patch: { status: 'CANCELLING', cancelTarget: 'FAILED', reason: 'stolen' },
  },
  'the same decline again': {
    given: { payments: paymentsThatAre(['DECLINED']) },
    command: { type: 'recordDeclined', attempt: 1, code: 'no_funds', hard: true },
    leads: {},
  },
  'a decline of an earlier attempt': {
    given: { payments: paymentsThatAre(['DECLINED', 'DUE']) },
    command: { type: 'recordDeclined', attempt: 1, code: 'no_funds', hard: true },
    leads: {},
  },
  'a decline of an attempt never made': {
    command: { type: 'recordDeclined', attempt: 2, code: 'no_funds', hard: false },
    leads: {},
  },
  'money captured': {
    command: { type: 'recordConfirmed', captured: 1050 },
    leads: { AUTHORIZED: ['confirmed'] },
    patch: { status: 'CONFIRMED', paymentStatus: 'PAID', captured: 1050, expiresAt: null },
  },
  'too little captured': {
    command: { type: 'recordConfirmed', captured: 1 },
    leads: { AUTHORIZED: ['cancelling'] },
    patch: { status: 'CANCELLING', cancelTarget: 'FAILED', reason: 'CAPTURED_TOO_LITTLE' },
  },
  'settlement failed': {
    command: { type: 'recordSettlementFailed', code: 'HOLD_EXPIRED' },
    leads: { AUTHORIZED: ['cancelling'] },
    patch: { status: 'CANCELLING', cancelTarget: 'FAILED', reason: 'HOLD_EXPIRED' },
  },
  'nothing to reverse': {
    command: { type: 'recordPaymentReversed', refunded: 0 },
    leads: { CANCELLING: ['payment_reversed'] },
    patch: { paymentReversed: true, paymentStatus: 'NONE', refundStatus: 'NONE', refunded: 0 },
  },
  'an authorization reversed': {
    given: { paymentStatus: 'AUTHORIZED', authorized: 1050 },
    command: { type: 'recordPaymentReversed', refunded: 0 },
    leads: { CANCELLING: ['payment_reversed'] },
    patch: { paymentReversed: true, paymentStatus: 'VOIDED', refundStatus: 'NONE' },
  },
  'a capture reversed that the order never heard of': {
    command: { type: 'recordPaymentReversed', refunded: 1050 },
    leads: { CANCELLING: ['payment_reversed'] },
    patch: { captured: 1050, refunded: 1050, paymentStatus: 'VOIDED', refundStatus: 'REFUNDED' },
  },
  'reversed again': {
    given: { paymentReversed: true },
    command: { type: 'recordPaymentReversed', refunded: 1050 },
    leads: {},
  },
  'units released': {
    given: { paymentReversed: true },
    command: { type: 'recordStockReleased' },
    leads: { CANCELLING: ['cancelled'] },
    patch: { status: 'CANCELLED', expiresAt: null },
  },
  'units released before the money went back': {
    command: { type: 'recordStockReleased' },
    leads: {},
  },
  'trouble with the payment': {
    given: { needsAttention: 'dead' },
    command: { type: 'recordPaymentIssue', reason: 'disputed' },
    leads: everywhere(['attention_needed']),
    patch: { needsAttention: 'disputed' },
  },
  'the same trouble again': {
    given: { needsAttention: 'disputed' },
    command: { type: 'recordPaymentIssue', reason: 'disputed' },
    leads: {},
  },
  'attention called for': {
    command: { type: 'flagAttention', reason: 'dead' },
    leads: everywhere(['attention_needed'], TERMINAL),
    patch: { needsAttention: 'dead' },
  },
  'attention called for already': {
    given: { needsAttention: 'dead' },
    command: { type: 'flagAttention', reason: 'again' },
    leads: {},
  },
  expire: {
    command: { type: 'expire' },
    leads: { RESERVED: ['cancelling'], AUTHORIZED: ['cancelling'] },
    patch: { status: 'CANCELLING', cancelTarget: 'EXPIRED', reason: 'HOLD_EXPIRED' },
  },
  'pay after a decline': {
    given: { payments: paymentsThatAre(['DECLINED']) },
    command: { type: 'pay', method: 'pm_2', amount: null },
    leads: { RESERVED: ['payment_requested'] },
    patch: {
      status: 'RESERVED',
      payments: [
        ...paymentsThatAre(['DECLINED']),
        { attempt: 2, method: 'pm_2', amount: 1050, state: 'DUE' },
      ],
    },
  },
  'pay without a decline': {
    command: { type: 'pay', method: 'pm_2', amount: null },
    leads: {},
  },
};

describe('what a command leads to', () => {
  const cases = Object.entries(RULES).flatMap(([name, rule]) =>
    ORDER_STATUSES.map((status) => [name, status, rule] as const),
  );

  it.each(cases)('%s, from %s', (_name, status, { command, leads, given, patch = {} }) => {
    const order = orderIn(status, given);
    const decision = decide(order, command);
    const expected = leads[status] ?? [];
    expect(decision.facts.map(({ type }) => type)).toEqual(expected);
    if (expected.length === 0) expect(decision.patch).toEqual({});
    else expect({ ...order, ...decision.patch }).toMatchObject(patch);
    expect(decision.patch.seq ?? order.seq).toBe(order.seq + expected.length);
    expect(decision.facts.at(-1)?.to ?? status).toBe(decision.patch.status ?? status);
  });

  it('leaves the order it was given as it is', () => {
    const order = Object.freeze(orderIn('PENDING'));
    decide(order, { type: 'recordReserved', expiresAt: EXPIRES });
  });

  it('refuses what is no command', () => {
    expect(() => decide(orderIn('PENDING'), { type: 'sing' } as never)).toThrow('unknown command');
  });
});

describe('what an event carries', () => {
  const last = (order: OrderState, command: Command) => decide(order, command).facts.at(-1);

  it('tells the payment job what is due', () => {
    const order = orderIn('PENDING', { customerId: 'c' });
    const fact = last(order, { type: 'recordReserved', expiresAt: EXPIRES });
    expect(fact?.data).toEqual({
      attempt: 1,
      customerId: 'c',
      storefrontId: order.storefrontId,
      amount: 1050,
      currency: 'GBP',
      method: 'pm_card_approve',
    });
  });

  it('tells the payment job of the other method', () => {
    const order = orderIn('RESERVED', { payments: paymentsThatAre(['DECLINED']) });
    const fact = last(order, { type: 'pay', method: 'pm_2', amount: null });
    expect(fact?.data).toMatchObject({ attempt: 2, method: 'pm_2', amount: 1050 });
  });

  it('tells the notification job why, and whether the customer wants to know', () => {
    const order = orderIn('CANCELLING', { paymentReversed: true, reason: 'late', notify: false });
    const fact = last(order, { type: 'recordStockReleased' });
    expect(fact).toMatchObject({
      type: 'cancelled',
      reason: 'late',
      data: { notify: false, customerId: null, reason: 'late' },
    });
  });

  it('clears the call for attention when the order moves, or its money does', () => {
    const flagged = { needsAttention: 'dead' };
    const cleared = (order: OrderState, command: Command) =>
      decide(order, command).patch.needsAttention;
    const reversed = { type: 'recordPaymentReversed', refunded: 0 } as const;
    expect(cleared(orderIn('CANCELLING', flagged), reversed)).toBe(null);
  });
});
