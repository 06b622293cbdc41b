import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../decide.js';
import { IN_FULFILLMENT, ORDER_STATUSES } from '../order.js';
import type { WholeOrder } from '../order-parts.js';
import { planRecorded } from '../returns/record-return.js';
import { planCancellation } from '../rules/cancellation.js';
import { requestEdit } from '../rules/edit.js';
import {
  cancelFulfillment,
  createFulfillment,
  holdFulfillment,
  splitFulfillment,
  updateTracking,
} from '../rules/fulfillment.js';
import { cancelLines } from '../rules/line-cancellation.js';
import { planRefund } from '../rules/plan-refund.js';
import type { Planned } from '../rules/planned.js';
import { cancelReturn, receiveReturn, rejectReturn, requestReturn } from '../rules/return.js';
import { deliverFulfillment, shipFulfillment, shipRest } from '../rules/shipment.js';
import { parcel, paymentsThatAre, wholeOrderIn } from '../testing/order-state.js';
import { randomOrder } from '../testing/random-order.js';
import { ACTIONS, actionsOf, ORDER_ACTIONS, type OrderAction, type Rank } from './actions.js';

const WHO = { requestedBy: 'me', reason: null, idempotencyKey: 'k', requestHash: 'h' };
const TRACKING = { carrier: null, trackingNumber: null, trackingUrl: 'https://carrier.example/1' };

const ofProduct = {
  kind: 'PRODUCT' as const,
  sku: 'NEW',
  productId: 'p',
  title: 'New',
  priceId: null,
};

/** One unit of a line. */
type Unit = [{ lineNumber: number; quantity: number }];

const ofEachLine = ({ lines }: WholeOrder, plan: (unit: Unit) => Planned): Planned[] =>
  lines.map(({ lineNumber }) => plan([{ lineNumber, quantity: 1 }]));
const ofEachParcel = ({ fulfillments }: WholeOrder, plan: (id: string) => Planned): Planned[] =>
  fulfillments.map(({ id }) => plan(id));
const ofEachReturn = ({ returns }: WholeOrder, plan: (id: string) => Planned): Planned[] =>
  returns.map(({ id }) => plan(id));
const arrived = ({ returns }: WholeOrder, id: string) =>
  (returns.find((each) => each.id === id)?.lines ?? []).map(({ lineNumber }) => ({
    lineNumber,
    quantity: 1,
    restock: 0,
  }));

/** What becomes of requests that make sense: one unit of whatever there is, the smallest amount, each parcel. */
const REQUESTS = {
  PAY: (order, rank) =>
    IN_FULFILLMENT.includes(order.status) && rank !== 'STAFF'
      ? []
      : [null, 1].map((amount) => decide(order, { type: 'pay', method: 'pm', amount })),
  CANCEL: (order, rank) => [planCancellation(order, { byStaff: rank === 'STAFF', reason: null })],
  EDIT: (order, rank) => {
    const added = [{ ...ofProduct, quantity: 1, unitPrice: 100 }];
    const nothing = { quantities: [], shippingAddress: null, method: null, expectedVersion: null };
    const edit = { ...WHO, ...nothing, id: 'e', added, byStaff: rank === 'STAFF' };
    return [requestEdit(order, edit)];
  },
  CANCEL_LINES: (order) =>
    ofEachLine(order, (units) => cancelLines(order, { ...WHO, id: 'c', refundId: 'r', units })),
  SET_FULFILLMENT_HOLD: (order) => [holdFulfillment(order, 'another reason')],
  RELEASE_FULFILLMENT_HOLD: (order) => [holdFulfillment(order, null)],
  FULFILL: (order) => [shipRest(order, ['new'])],
  CREATE_FULFILLMENT: (order) => [
    createFulfillment(order, 'new', null),
    ...ofEachLine(order, (units) => createFulfillment(order, 'new', units)),
  ],
  SPLIT_FULFILLMENT: (order) =>
    order.fulfillments.flatMap(({ id }) =>
      ofEachLine(order, (units) => splitFulfillment(order, { id, newId: 'new', units })),
    ),
  CANCEL_FULFILLMENT: (order) => ofEachParcel(order, (id) => cancelFulfillment(order, id, null)),
  SHIP_FULFILLMENT: (order) => ofEachParcel(order, (id) => shipFulfillment(order, id, TRACKING)),
  UPDATE_FULFILLMENT_TRACKING: (order) =>
    ofEachParcel(order, (id) => updateTracking(order, id, TRACKING)),
  DELIVER_FULFILLMENT: (order) => ofEachParcel(order, (id) => deliverFulfillment(order, id)),
  REQUEST_RETURN: (order) =>
    ofEachLine(order, (units) => requestReturn(order, { ...WHO, id: 'new', units })),
  CANCEL_RETURN: (order) => ofEachReturn(order, (id) => cancelReturn(order, id)),
  REJECT_RETURN: (order) => ofEachReturn(order, (id) => rejectReturn(order, id, 'worn')),
  RECEIVE_RETURN: (order) =>
    ofEachReturn(order, (id) => {
      const money = { refundId: 'r', amount: 0, reason: null, locationId: null, receivedBy: 'me' };
      return receiveReturn(order, id, { ...money, units: arrived(order, id) });
    }),
  RECORD_RETURN: (order) =>
    ofEachLine(order, ([unit]) => {
      const lines = [{ ...unit, restock: 0 }];
      const recorded = { lines, amount: '0', reason: null, locationId: null };
      return planRecorded(order, 'new', recorded, WHO);
    }),
  REFUND: (order) => {
    const wish = { ...WHO, id: 'new', restock: false };
    return [
      planRefund(order, { ...wish, amount: 1, lines: [] }),
      ...ofEachLine(order, (lines) => planRefund(order, { ...wish, amount: null, lines })),
    ];
  },
} satisfies Partial<Record<OrderAction, (order: WholeOrder, rank: Rank) => Planned[]>>;
type Planable = keyof typeof REQUESTS;

const isCarriedOut = (planned: Planned) => 'facts' in planned && planned.facts.length > 0;

function stateOf(order: WholeOrder, action: OrderAction, rank: Rank = 'STAFF') {
  const [state] = actionsOf(order, rank, [action]);
  if (!state) throw new Error(`nothing is said of ${action}`);
  return state;
}

describe('what can be done', () => {
  it.each(Object.keys(REQUESTS) as Planable[])('is what the mutation would do: %s', (action) => {
    const seen = { allowed: 0, refused: 0 };
    fc.assert(
      fc.property(randomOrder, fc.constantFrom<Rank>('CUSTOMER', 'STAFF'), (order, rank) => {
        fc.pre(rank === 'STAFF' || ACTIONS[action].by !== 'STAFF');
        const { allowed } = stateOf(order, action, rank);
        seen[allowed ? 'allowed' : 'refused']++;
        const request: (order: WholeOrder, rank: Rank) => Planned[] = REQUESTS[action];
        expect(allowed).toBe(request(order, rank).some(isCarriedOut));
      }),
      // The rarest are open in 16 of 1,000 orders: too few runs would now and then see none.
      { numRuns: 1000 },
    );
    expect(seen.allowed).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  });

  it('of the actions on placed orders none is left out', () => {
    const ofDrafts = ORDER_ACTIONS.filter((action) => action.includes('DRAFT'));
    expect([...ofDrafts, ...Object.keys(REQUESTS)]).toEqual(ORDER_ACTIONS);
  });

  it('is told with a code, a reason and a next step where it cannot be done, else with none', () => {
    fc.assert(
      fc.property(randomOrder, (order) => {
        for (const { allowed, code, reason, nextStep } of actionsOf(order, 'STAFF')) {
          expect([code, reason, nextStep].map((each) => each === null)).toEqual(
            Array(3).fill(allowed),
          );
          if (!allowed) expect(`${reason} ${nextStep}`).not.toMatch(/undefined|null|NaN|\.\./);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('who asks', () => {
  const actions = (rank: Rank) =>
    actionsOf(wholeOrderIn('CONFIRMED'), rank).map(({ action }) => action);

  it('is told of what may be theirs to do', () => {
    expect(actions('STAFF')).toEqual(ORDER_ACTIONS);
    expect(actions('CUSTOMER').slice(5)).toEqual([
      'PAY',
      'CANCEL',
      'EDIT',
      'REQUEST_RETURN',
      'CANCEL_RETURN',
    ]);
    const returns = ['REQUEST_RETURN', 'CANCEL_RETURN'];
    expect(actions('GUEST')).toEqual([...ORDER_ACTIONS.slice(0, 7), ...returns]);
  });

  it('hears of other things only that they are not, and nothing of what staff know', () => {
    const held = wholeOrderIn('CONFIRMED', { fulfillmentHold: 'fraud?', needsAttention: 'look' });
    expect(stateOf(held, 'CREATE_FULFILLMENT', 'CUSTOMER')).toMatchObject({
      allowed: false,
      code: 'STAFF_ONLY',
    });
    expect(stateOf(held, 'EDIT', 'GUEST')).toMatchObject({ code: 'UNAUTHENTICATED' });
    fc.assert(
      fc.property(fc.constantFrom(...ORDER_STATUSES), (status) => {
        const told = JSON.stringify(actionsOf({ ...held, status }, 'CUSTOMER', ORDER_ACTIONS));
        expect(told).not.toMatch(/fraud|look/);
      }),
    );
  });
});

const gone = parcel('SHIPPED', { carrier: 'DHL', trackingNumber: 'JD1', number: 2 });

describe('why not', () => {
  const UNTIL = '2026-11-21T14:05:00.000Z';
  const paying = { payments: paymentsThatAre(['DUE']), expiresAt: UNTIL };
  const declined = { payments: paymentsThatAre(['DECLINED']), expiresAt: UNTIL };

  it.each<[OrderAction, WholeOrder, string, RegExp, RegExp]>([
    [
      'PAY',
      wholeOrderIn('RESERVED', paying),
      'PAYMENT_UNDER_WAY',
      /10.50 GBP/,
      /at most until 2026-11-21 14:05 UTC/,
    ],
    ['PAY', wholeOrderIn('SHIPPED'), 'ALREADY_PAID', /10.50 GBP/, /Nothing/],
    ['PAY', wholeOrderIn('EXPIRED'), 'TERMINAL', /run out/, /placeOrder/],
    [
      'CREATE_FULFILLMENT',
      wholeOrderIn('RESERVED', declined),
      'NOT_YET_PAID',
      /10.50 GBP/,
      /until 2026-11-21 14:05 UTC: payOrder/,
    ],
    [
      'CREATE_FULFILLMENT',
      wholeOrderIn('CONFIRMED', { fulfillmentHold: 'fraud?' }),
      'FULFILLMENT_ON_HOLD',
      /fraud\?/,
      /setFulfillmentHold/,
    ],
    [
      'CREATE_FULFILLMENT',
      wholeOrderIn('PROCESSING'),
      'NOTHING_LEFT_TO_SHIP',
      /Every unit/,
      /Wait/,
    ],
    [
      'CANCEL',
      wholeOrderIn('SHIPPED', { fulfillments: [gone] }),
      'ALREADY_SHIPPED',
      /^Parcel 2 left with DHL JD1\.$/,
      /refundOrder/,
    ],
    ['CANCEL', wholeOrderIn('CANCELLING'), 'BEING_CANCELLED', /called off/, /then it is CANCELLED/],
    ['CANCEL_LINES', wholeOrderIn('PENDING'), 'BEING_CHECKED', /checked/, /Wait/],
    ['SHIP_FULFILLMENT', wholeOrderIn('CONFIRMED'), 'NOT_PACKED', /Nothing/, /createFulfillment/],
    ['SHIP_FULFILLMENT', wholeOrderIn('PROCESSING'), 'BEING_SHIPPED', /Parcel 1/, /Wait/],
    [
      'DELIVER_FULFILLMENT',
      wholeOrderIn('DELIVERED'),
      'ALREADY_DELIVERED',
      /Parcel 1/,
      /requestReturn/,
    ],
    ['REQUEST_RETURN', wholeOrderIn('CONFIRMED'), 'NOT_SHIPPED', /Nothing/, /Wait/],
    ['RECEIVE_RETURN', wholeOrderIn('SHIPPED'), 'NO_OPEN_RETURN', /No return/, /requestReturn/],
    [
      'REFUND',
      wholeOrderIn('SHIPPED', { refunded: 1050 }),
      'NOTHING_LEFT_TO_REFUND',
      /0.00 GBP are left/,
      /Nothing/,
    ],
    ['REFUND', wholeOrderIn('RESERVED'), 'NOT_YET_PAID', /No money/, /cancelOrder/],
    ['PLACE_DRAFT', wholeOrderIn('DRAFT', { lines: [] }), 'EMPTY', /at least one/, /addDraftLines/],
    ['ADD_DRAFT_LINES', wholeOrderIn('SHIPPED'), 'ALREADY_PLACED', /placed/, /createDraft/],
  ])('%s: %#', (action, order, code, reason, nextStep) => {
    expect(stateOf(order, action)).toMatchObject({
      allowed: false,
      code,
      reason: expect.stringMatching(reason),
      nextStep: expect.stringMatching(nextStep),
    });
  });

  it('once it is packed, a customer is sent to staff, and staff may', () => {
    const packed = wholeOrderIn('PROCESSING', { fulfillments: [parcel('OPEN')] });
    expect(stateOf(packed, 'CANCEL', 'CUSTOMER')).toMatchObject({ code: 'STAFF_ONLY' });
    expect(stateOf(packed, 'CANCEL')).toMatchObject({ allowed: true });
  });
});
