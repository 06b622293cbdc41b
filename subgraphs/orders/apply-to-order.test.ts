import { newId } from '@waybill/kernel/ids.js';
import type { OrderCommand } from '@waybill/schema/commands.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fulfillOrders } from './fulfill-orders.js';
import { openTestOrders, STAFF, type TestOrders } from './testing/orders.js';
import { declined, reserved } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const STORIES: Record<string, { steps: OrderCommand[]; ends: string; events: string[] }> = {
  'paid in full': {
    steps: [
      reserved(),
      { type: 'recordAuthorized', attempt: 1, amount: 1000 },
      { type: 'recordConfirmed', captured: 1000 },
    ],
    ends: 'CONFIRMED',
    events: ['validated', 'reserved', 'authorized', 'confirmed'],
  },
  'out of stock': {
    steps: [{ type: 'recordShortage', shortages: [] }],
    ends: 'FAILED',
    events: ['validated', 'failed'],
  },
  'not for sale': {
    steps: [{ type: 'recordNotSellable', skus: ['A'] }],
    ends: 'FAILED',
    events: ['failed'],
  },
  'declined softly, then for good': {
    steps: [reserved(), declined(1)],
    ends: 'RESERVED',
    events: ['validated', 'reserved', 'payment_declined'],
  },
  'declined for good': {
    steps: [
      reserved(),
      declined(1, true),
      { type: 'recordPaymentReversed', refunded: 0 },
      { type: 'recordStockReleased' },
    ],
    ends: 'FAILED',
    events: ['validated', 'reserved', 'cancelling', 'payment_reversed', 'failed'],
  },
  'not to be settled': {
    steps: [
      reserved(),
      { type: 'recordAuthorized', attempt: 1, amount: 1000 },
      { type: 'recordSettlementFailed', code: 'HOLD_EXPIRED' },
      { type: 'flagAttention', reason: 'dead' },
      { type: 'recordPaymentReversed', refunded: 1000 },
      { type: 'recordStockReleased' },
    ],
    ends: 'FAILED',
    events: [
      'validated',
      'reserved',
      'authorized',
      'cancelling',
      'attention_needed',
      'payment_reversed',
      'failed',
    ],
  },
};

it.each(Object.entries(STORIES))('%s: each step thrice is each step once', async (_name, story) => {
  const { id } = await orders.place();
  for (const command of story.steps) {
    const answers = await Promise.all(
      [1, 2, 3].map(() => orders.commands.applyToOrder({ orderId: id, command })),
    );
    expect(answers.filter(({ applied }) => applied)).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status)).size).toBe(1);
  }
  expect(await orders.order(id)).toMatchObject({ status: story.ends, needsAttention: null });
  expect(await orders.history(id)).toEqual(['placed', ...story.events]);
});

it('ships once', async () => {
  const { id } = await orders.place();
  await orders.advance(id, ...(STORIES['paid in full']?.steps ?? []));
  await fulfillOrders(orders.as(STAFF), STAFF, [id]);
  const [parcel] = await orders.as(STAFF).loaders.fulfillments.load(id);
  const fulfillmentId = parcel?.id as string;
  const command = { type: 'recordShipped', fulfillmentId, captured: 0 } as const;
  const shipped = { orderId: id, command };
  expect(await orders.commands.applyToOrder(shipped)).toMatchObject({
    status: 'SHIPPED',
    applied: true,
  });
  expect(await orders.commands.applyToOrder(shipped)).toMatchObject({
    status: 'SHIPPED',
    applied: false,
  });
});

it('the history says that the system did it', async () => {
  const { id } = await orders.place();
  await orders.advance(id, reserved());
  const events = await orders.as(STAFF).eventsAfter({ orderId: id, seq: 1 });
  expect(events.map(({ actor }) => actor)).toEqual(['service:jobs', 'service:jobs']);
});

it('an order that does not exist is an error, to that caller alone', async () => {
  const { id } = await orders.place();
  const [one, none, refund] = await orders.subgraph.commands.applyToOrder([
    { orderId: id, command: reserved() },
    { orderId: newId(), command: reserved() },
    {
      orderId: newId(),
      command: { type: 'recordRefunded', refundId: newId(), amount: 1 },
    },
  ]);
  expect(one).toEqual({
    status: 'RESERVED',
    applied: true,
    total: 1000,
    captureOn: 'CONFIRMATION',
  });
  expect(none).toBeInstanceOf(Error);
  expect(refund).toBeInstanceOf(Error);
});

it('a refund that was never asked for is not recorded', async () => {
  const { id } = await orders.place();
  const command: OrderCommand = { type: 'recordRefunded', refundId: newId(), amount: 1 };
  expect(await orders.commands.applyToOrder({ orderId: id, command })).toMatchObject({
    status: 'PENDING',
    applied: false,
  });
});
