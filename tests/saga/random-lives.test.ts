import { ROUTES } from '@waybill/jobs/routes.js';
import { type CommandClients, paymentJob, reservationJob } from '@waybill/jobs/workers.js';
import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import { openBooks } from '@waybill/scripts/audit/snapshots.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { intercept } from '../support/intercept.js';
import { auditLines } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { customer, STAFF, type System, startSystem } from '../support/system.js';

let system: System;
let at: OrdersAtWork;
/** The jobs' commands until one of them kills its job: before it is carried out, or after. */
let mortal: CommandClients;
/** By order: after how many more commands its job dies; absent where it lives. */
const lifetimes = new Map<string, number>();

class Killed extends Error {}

beforeAll(async () => {
  system = await startSystem();
  at = ordersAtWork(system);
  mortal = intercept(async ({ orderId: id }, proceed) => {
    const left = lifetimes.get(id);
    if (left !== undefined) lifetimes.set(id, left - 1);
    if (left === 0) throw new Killed('before a command');
    const answer = await proceed();
    if (left === 1) throw new Killed('after a command');
    return answer;
  })(system.commands);
});
afterAll(() => system.close());

/** An order whose jobs are delivered by hand. */
interface Life {
  order: Placed;
  /** Ids of the events whose jobs were carried out to their end. */
  done: Set<string>;
}

const HOLD = { ttlSeconds: 900, maxSeconds: 3600 };

const jobsOf = ({ order }: Life): DomainEvent[] =>
  (system.published as DomainEvent[]).filter(
    ({ subject, type }) =>
      subject === order.id && ROUTES[type]?.some((queue) => queue !== 'notification'),
  );

/** Delivers an event to its jobs; false where one of them was killed on the way. */
async function deliver(life: Life, event: DomainEvent, commands = mortal): Promise<boolean> {
  try {
    for (const queue of ROUTES[event.type] ?? []) {
      if (queue === 'reservation') await reservationJob(event, commands, HOLD.ttlSeconds);
      if (queue === 'payment') await paymentJob(event, commands, true, HOLD);
    }
    life.done.add(event.id);
    return true;
  } catch (error) {
    if (error instanceof Killed || isTooEarly(error)) return false;
    throw error;
  }
}

/** A job that comes before what it builds on fails, and is tried again later. */
const isTooEarly = (error: unknown) => /committed|hold/.test((error as Error).message);

/** Any event of the order, whether its jobs were done before or not, perhaps killed after a few commands. */
async function deliverSome(life: Life, chance: number): Promise<void> {
  await settled();
  const events = jobsOf(life);
  const event = events[chance % Math.max(1, events.length)];
  if (!event) return;
  if (chance % 3 === 0) lifetimes.set(life.order.id, chance % 5);
  await deliver(life, event);
  lifetimes.delete(life.order.id);
}

/** Whatever was left undone is done at last, in whatever order the events come. */
async function deliverRest(life: Life): Promise<void> {
  for (let rounds = 0; rounds < 50; rounds += 1) {
    await settled();
    const left = jobsOf(life).filter(({ id }) => !life.done.has(id));
    if (left.length === 0) return;
    for (const event of left.toReversed()) await deliver(life, event, system.commands);
  }
  throw new Error(`the jobs of order ${life.order.id} come to no end`);
}

/** What was committed has left the outbox. */
async function settled(): Promise<void> {
  const waiting = async () => (await system.sql('orders', 'select id from outbox limit 1')).length;
  await expect.poll(waiting, { interval: 5 }).toBe(0);
}

const unit = (chance: number) => [{ lineNumber: 1, quantity: 1 + (chance % 2) }];

interface Ids {
  order: string;
  parcel: string;
  back: string;
}

/** Everything that can be asked of a placed order, by the name that `Order.actions` has for it. */
const ASKS: Record<
  string,
  [mutation: string, type: string, input: (ids: Ids, chance: number) => object]
> = {
  CANCEL: ['cancelOrder', 'CancelOrder', ({ order }) => ({ orderId: order })],
  PAY: [
    'payOrder',
    'PayOrder',
    ({ order }) => ({ orderId: order, paymentMethod: 'pm_card_approve' }),
  ],
  EDIT: [
    'editOrder',
    'EditOrder',
    ({ order }, chance) => ({
      orderId: order,
      lines: [{ lineNumber: 1, quantity: 1 + (chance % 5) }],
    }),
  ],
  CANCEL_LINES: [
    'cancelOrderLines',
    'CancelOrderLines',
    ({ order }, chance) => ({ orderId: order, lines: unit(chance) }),
  ],
  FULFILL: ['fulfillOrders', 'FulfillOrders', ({ order }) => ({ orderIds: [order] })],
  CREATE_FULFILLMENT: [
    'createFulfillment',
    'CreateFulfillment',
    ({ order }, chance) => ({ orderId: order, lines: unit(chance) }),
  ],
  SHIP_FULFILLMENT: ['shipFulfillment', 'Tracking', ({ parcel }) => ({ fulfillmentId: parcel })],
  CANCEL_FULFILLMENT: [
    'cancelFulfillment',
    'CancelFulfillment',
    ({ parcel }) => ({ fulfillmentId: parcel }),
  ],
  DELIVER_FULFILLMENT: [
    'deliverFulfillment',
    'Fulfillment',
    ({ parcel }) => ({ fulfillmentId: parcel }),
  ],
  REFUND: [
    'refundOrder',
    'RefundOrder',
    ({ order }) => ({ orderId: order, idempotencyKey: newId(), amount: '3.00' }),
  ],
  REQUEST_RETURN: [
    'requestReturn',
    'RequestReturn',
    ({ order }, chance) => ({ orderId: order, lines: unit(chance) }),
  ],
  RECEIVE_RETURN: [
    'receiveReturn',
    'ReceiveReturn',
    ({ back }) => ({ returnId: back, lines: [{ lineNumber: 1, quantity: 1, restock: 1 }] }),
  ],
  RECORD_RETURN: [
    'recordReturn',
    'RecordReturn',
    ({ order }, chance) => ({
      orderId: order,
      idempotencyKey: newId(),
      lines: [{ lineNumber: 1, quantity: 1, restock: chance % 2 }],
    }),
  ],
};

/** Asked of an order for which they are done, they answer the same again. */
const REPEATABLE = ['CANCEL', 'FULFILL'];

interface Told {
  order: {
    actions: Array<{ allowed: boolean }>;
    fulfillments: Array<{ id: string }>;
    returns: Array<{ id: string }>;
  } | null;
}

const TOLD = `query ($id: ID!, $only: [OrderAction!]) { order(id: $id) {
  actions(only: $only) { allowed } fulfillments { id } returns { id } } }`;

/**
 * Somebody asks for something. The model is what the order itself says can be done by them: what it does not allow is
 * refused and leaves no trace. Whoever may not see the order is refused everything.
 */
async function ask({ order }: Life, name: string, by: Identity, chance: number): Promise<void> {
  const [mutation, type, input] = ASKS[name] as (typeof ASKS)[string];
  const told = await system.ask<Told>('orders', by, TOLD, { id: order.gid, only: [name] });
  const parts = await system.ask<Told>('orders', STAFF, TOLD, { id: order.gid, only: [] });
  const pick = (list: Array<{ id: string }> = []) =>
    list[chance % Math.max(1, list.length)]?.id ?? 'none';
  const ids = {
    order: order.gid,
    parcel: pick(parts.order?.fulfillments),
    back: pick(parts.order?.returns),
  };
  const before = await seqOf(order);
  const source = `mutation ($input: ${type}Input!) { done: ${mutation}(input: $input) { userErrors { code } } }`;
  const answer = await system
    .ask<{ done: { userErrors: unknown[] } }>('orders', by, source, { input: input(ids, chance) })
    .catch(() => undefined);
  const refused = answer === undefined || answer.done.userErrors.length > 0;
  const allowed = told.order?.actions[0]?.allowed || REPEATABLE.includes(name);
  if (!allowed) expect(refused).toBe(true);
  if (refused) expect(await seqOf(order)).toBe(before);
}

async function seqOf({ id }: Placed): Promise<number | undefined> {
  const rows = await system.sql<{ seq: number }>('orders', 'select seq from orders where id = $1', [
    id,
  ]);
  return rows[0]?.seq;
}

const CARDS = [
  'pm_card_approve',
  'pm_card_approve',
  'pm_card_approve',
  'pm_card_decline',
  'pm_card_insufficient_funds',
  'pm_card_refund_fails',
];

const step = fc.record({
  /** Jobs more often than people: otherwise few orders come far. */
  name: fc.constantFrom('deliver', 'deliver', 'deliver', 'deliver', ...Object.keys(ASKS)),
  by: fc.constantFrom('staff', 'staff', 'customer', 'stranger', 'nobody'),
  chance: fc.nat(30),
});
const story = fc.record({
  card: fc.constantFrom(...CARDS),
  settledFirst: fc.boolean(),
  steps: fc.array(step, { minLength: 12, maxLength: 30 }),
});

type Story = typeof story extends fc.Arbitrary<infer Drawn> ? Drawn : never;

async function live({ card, settledFirst, steps }: Story): Promise<void> {
  const buyer = customer();
  const order = await at.place({ quantity: 4, card, buyer });
  const life: Life = { order, done: new Set() };
  if (settledFirst) await deliverRest(life);
  const people: Record<string, Identity> = {
    staff: STAFF,
    customer: buyer,
    stranger: customer(),
    nobody: ANONYMOUS,
  };
  for (const { name, by, chance } of steps) {
    if (name === 'deliver') await deliverSome(life, chance);
    else await ask(life, name, people[by] as Identity, chance);
  }
  await deliverRest(life);
}

it('whoever asks for what, and however jobs come, die and come again, the books are sound', {
  timeout: 60_000,
}, async () => {
  const stories = fc.sample(story, { numRuns: 24, seed: 20_261_121 });
  await Promise.all(stories.map(live));
  const books = await openBooks(system.urls);
  const nobody = { orders: async () => new Set<string>() };
  expect(await auditLines(books, nobody, 50)).toEqual([]);
  await books.close();
  const seen = await system.sql<{ type: string }>(
    'orders',
    'select distinct type from order_events',
  );
  expect(seen.length).toBeGreaterThan(20);
});
