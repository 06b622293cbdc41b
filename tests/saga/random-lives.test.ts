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
import {
  type OrdersAtWork,
  ordersAtWork,
  type Placed,
  type Wish,
} from '../support/orders-at-work.js';
import { customer, STAFF, type System, startSystem } from '../support/system.js';

let system: System;
let at: OrdersAtWork;
/** The jobs' commands until one of them kills its job: before it is carried out, or after. */
let mortal: CommandClients;
/** By order: after how many more commands its job dies; absent where it lives. */
const lifetimes = new Map<string, number>();

/** Orders whose jobs are tried again and again, without end. */
const stuck = new Set<string>();

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
  card: string;
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

/**
 * A job that comes before what it builds on fails, and is tried again later; so does one that is to give money back while
 * the provider does not.
 */
const isTooEarly = (error: unknown) =>
  /committed|hold|not all reversed/.test((error as Error).message);

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
    if (left.length === 0 || isStuck(life, left)) return;
    for (const event of left.toReversed()) await deliver(life, event, system.commands);
  }
  throw new Error(`the jobs of order ${life.order.id} come to no end`);
}

/** Money that the provider never gives back keeps an order from being called off: that is left to staff. */
function isStuck({ card, order }: Life, left: readonly DomainEvent[]): boolean {
  const waits =
    card === 'pm_card_refund_fails' && left.every(({ type }) => type === 'order.cancelling');
  if (waits) stuck.add(order.id);
  return waits;
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
  CANCEL_RETURN: ['cancelReturn', 'CancelReturn', ({ back }) => ({ returnId: back })],
  REJECT_RETURN: ['rejectReturn', 'RejectReturn', ({ back }) => ({ returnId: back })],
  SPLIT_FULFILLMENT: [
    'splitFulfillment',
    'SplitFulfillment',
    ({ parcel }, chance) => ({ fulfillmentId: parcel, lines: unit(chance) }),
  ],
  SET_FULFILLMENT_HOLD: [
    'setFulfillmentHold',
    'FulfillmentHold',
    ({ order }) => ({ orderId: order, reason: 'wait' }),
  ],
  RELEASE_FULFILLMENT_HOLD: [
    'setFulfillmentHold',
    'FulfillmentHold',
    ({ order }) => ({ orderId: order, reason: null }),
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
const REPEATABLE = ['CANCEL', 'FULFILL', 'SET_FULFILLMENT_HOLD', 'RELEASE_FULFILLMENT_HOLD'];

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
 * refused and leaves no trace. Whoever may not see the order is refused everything. Where others ask at the same moment
 * (`alone` is false), what the order said before may not hold any more.
 */
async function ask(
  { order }: Life,
  { name, by, chance }: { name: string; by: Identity; chance: number },
  alone: boolean,
): Promise<void> {
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
    .catch(unlessUnforeseen);
  const refused = answer === undefined || answer.done.userErrors.length > 0;
  if (!alone) return;
  const allowed = told.order?.actions[0]?.allowed || REPEATABLE.includes(name);
  if (!allowed) expect(refused).toBe(true);
  if (refused) expect(await seqOf(order)).toBe(before);
}

/** Whoever may not see the order hears so; anything else that is no answer is a fault of ours. */
function unlessUnforeseen(error: { extensions?: { code?: string } }): undefined {
  const code = error.extensions?.code ?? '';
  if (!['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'].includes(code)) throw error;
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
  'pm_card_capture_fails',
];

const step = fc.record({
  /** Jobs more often than people: otherwise few orders come far. */
  name: fc.constantFrom('deliver', 'deliver', 'deliver', 'deliver', ...Object.keys(ASKS)),
  by: fc.constantFrom('staff', 'staff', 'customer', 'stranger', 'nobody'),
  chance: fc.nat(30),
});
const split = (one: string, other: string): Wish['cards'] => [
  [one, '15.00'],
  [other, '25.00'],
];

const story = fc.record({
  card: fc.constantFrom(...CARDS),
  wish: fc.constantFrom<Wish>(
    {},
    {},
    {},
    { captureOnShipment: true },
    { captureOnShipment: true },
    { cards: split('pm_card_approve', 'pm_card_approve') },
    { cards: split('pm_card_approve', 'pm_card_decline') },
    { guest: true },
    { free: true },
  ),
  settledFirst: fc.boolean(),
  steps: fc.array(step, { minLength: 12, maxLength: 30 }),
});

type Story = typeof story extends fc.Arbitrary<infer Drawn> ? Drawn : never;

async function live({ card, wish, settledFirst, steps }: Story, atOnce: number): Promise<void> {
  const buyer = customer();
  const order = await at.place({ quantity: 4, card, buyer, ...wish });
  const life: Life = { order, card, done: new Set() };
  if (settledFirst) await deliverRest(life);
  const people: Record<string, Identity> = {
    staff: STAFF,
    customer: buyer,
    stranger: customer(),
    nobody: ANONYMOUS,
  };
  const carryOut = ({ name, by, chance }: Story['steps'][number]) =>
    name === 'deliver'
      ? deliverSome(life, chance)
      : ask(life, { name, by: people[by] as Identity, chance }, atOnce === 1);
  for (let i = 0; i < steps.length; i += atOnce) {
    await Promise.all(steps.slice(i, i + atOnce).map(carryOut));
  }
  await deliverRest(life);
}

/** For other lives than these: LIVES_SEED=7 npx vitest run tests/saga/random-lives.test.ts */
const SEED = Number(process.env.LIVES_SEED ?? 20_261_121);

it.each([
  ['one thing after the other', 1],
  ['four things at once', 4],
])(
  'whoever asks for what, and however jobs come, die and come again, the books are sound: %s',
  {
    timeout: 60_000,
  },
  async (_name, atOnce) => {
    const stories = fc.sample(story, { numRuns: 24, seed: SEED + atOnce });
    await Promise.all(stories.map((each) => live(each, atOnce)));
    const books = await openBooks(system.urls);
    expect(await auditLines(books, { orders: async () => stuck }, 50)).toEqual([]);
    await books.close();
    const seen = await system.sql<{ type: string }>(
      'orders',
      'select distinct type from order_events',
    );
    expect(seen.length).toBeGreaterThan(20);
  },
);
