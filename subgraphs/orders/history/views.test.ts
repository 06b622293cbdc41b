import type { Identity } from '@waybill/kernel/identity.js';
import { parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder } from '../cancel-order.js';
import { orderId } from '../present.js';
import { refundOrder } from '../refund-order.js';
import { customer, openTestOrders, STAFF, type TestOrders } from '../testing/orders.js';
import { confirm, declined, reserved, shipWhole } from '../testing/steps.js';

let orders: TestOrders;
const me = customer();
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const EVENT = 'seq type reason actor { kind user { id } } data hash';

interface Event {
  seq: number;
  type: string;
  reason: string | null;
  actor: { kind: string; user: object | null };
  data: { changes: object } | null;
  hash: string | null;
}

async function viewOf(id: string, by: Identity) {
  const source = `query($id: ID!) { order(id: $id) { reason refunds { reason failureCode }
    events(first: 50) { edges { node { ${EVENT} } } } } }`;
  const { data } = await orders.ask<{
    order: { reason: string | null; refunds: object[]; events: { edges: Array<{ node: Event }> } };
  }>(source, { id: orderId.encode(id) }, by);
  return { ...data.order, events: data.order.events.edges.map(({ node }) => node) };
}

async function cancelled(by: Identity & { kind: 'user' }, reason: string): Promise<string> {
  const { id } = await orders.place({}, me);
  await orders.advance(id, reserved(), declined(1));
  await orders.advance(id, { type: 'flagAttention', reason: 'provider is down' });
  await cancelOrder(orders.as(by), by, { orderId: id, reason });
  await orders.advance(
    id,
    { type: 'recordPaymentReversed', refunded: 0 },
    { type: 'recordStockReleased' },
  );
  return id;
}

describe('an order that staff called off', () => {
  it('shows staff who did what, why, and what it changed', async () => {
    const { reason, events } = await viewOf(await cancelled(STAFF, 'looks like fraud'), STAFF);
    expect(reason).toBe('looks like fraud');
    expect(events.find(({ type }) => type === 'CANCELLING')).toMatchObject({
      reason: 'looks like fraud',
      actor: { kind: 'STAFF', user: { id: `User_${STAFF.userId}` } },
      data: { changes: { state: { cancelTarget: 'CANCELLED' } } },
      hash: expect.any(String),
    });
    expect(events.find(({ type }) => type === 'PAYMENT_DECLINED')?.reason).toBe('card_declined');
  });

  it('shows its customer the same events, without names, reasons and codes of the shop', async () => {
    const id = await cancelled(STAFF, 'looks like fraud');
    const [seen, all] = await Promise.all([viewOf(id, me), viewOf(id, STAFF)]);
    expect(seen.events.map(({ seq, type }) => [seq, type])).toEqual(
      all.events.map(({ seq, type }) => [seq, type]),
    );
    expect(JSON.stringify(seen)).not.toMatch(/fraud|card_declined|provider is down/);
    expect(JSON.stringify(seen)).not.toContain(STAFF.userId);
    expect(seen.events.every(({ data, hash }) => data === null && hash === null)).toBe(true);
    expect(seen.reason).toBeNull();
  });

  it('goes on live for its customer, with the same gaps in what it says', async () => {
    const id = await cancelled(STAFF, 'looks like fraud');
    const stream = (await subscribe({
      schema: orders.subgraph.schema,
      document: parse(`subscription($id: ID!) { orderUpdates(orderId: $id) { ${EVENT} } }`),
      variableValues: { id: orderId.encode(id) },
      contextValue: orders.as(me),
    })) as AsyncGenerator<{ data: { orderUpdates: Event } }>;
    const { events } = await viewOf(id, me);
    const live: Event[] = [];
    for await (const { data } of stream) {
      live.push(data.orderUpdates);
      if (live.length === events.length) break;
    }
    expect(JSON.parse(JSON.stringify(live))).toEqual(JSON.parse(JSON.stringify(events)));
  });
});

it('customers read their own words, and what happened to their order', async () => {
  const own = await viewOf(await cancelled(me, 'changed my mind'), me);
  expect(own.reason).toBe('changed my mind');
  expect(own.events.find(({ type }) => type === 'CANCELLING')).toMatchObject({
    reason: 'changed my mind',
    actor: { kind: 'CUSTOMER', user: { id: `User_${me.userId}` } },
  });
  const { id } = await orders.place({}, me);
  await orders.advance(id, { type: 'recordShortage', shortages: [] });
  expect((await viewOf(id, me)).reason).toBe('OUT_OF_STOCK');
});

it('refunds keep the words of staff and the codes of providers to staff', async () => {
  const { id } = await confirm(orders, await orders.place({}, me));
  const request = { orderId: id, idempotencyKey: 'k', lines: [], amount: '1', restock: false };
  const { refund } = await refundOrder(orders.as(STAFF), STAFF, { ...request, reason: 'goodwill' });
  await orders.advance(id, {
    type: 'recordRefundFailed',
    refundId: refund?.id ?? '',
    code: 'REFUSED',
  });
  const told = { reason: 'goodwill', failureCode: 'REFUSED' };
  expect((await viewOf(id, STAFF)).refunds).toEqual([told]);
  expect((await viewOf(id, me)).refunds).toEqual([{ reason: null, failureCode: null }]);
});

it('the timeline tells a customer the way of the order in plain words', async () => {
  const { id } = await shipWhole(orders, (await confirm(orders, await orders.place({}, me))).id);
  const source = `query($id: ID!) { order(id: $id) { timeline {
    milestone text at amount { amount currency } carrier } } }`;
  const { data } = await orders.ask<{ order: { timeline: object[] } }>(
    source,
    { id: orderId.encode(id) },
    me,
  );
  const at = expect.stringMatching(/Z$/);
  const none = { at, amount: null, carrier: null };
  expect(data.order.timeline).toEqual([
    { ...none, milestone: 'PLACED', text: 'We have your order.' },
    {
      ...none,
      milestone: 'PAID',
      text: 'Your payment has arrived.',
      amount: { amount: '10.00', currency: 'GBP' },
    },
    { ...none, milestone: 'CONFIRMED', text: 'Everything in it is set aside for you.' },
    { ...none, milestone: 'SHIPPED', text: 'All of it is on its way.' },
  ]);
});
