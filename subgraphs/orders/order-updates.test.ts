import { newId } from '@waybill/kernel/ids.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrdersContext } from './context.js';
import { orderUpdates } from './order-updates.js';
import { orderId } from './present.js';
import { type OrderEventRow, type OrderRow, OrderTable } from './tables.js';
import { customer, openTestOrders, type Person, STAFF, type TestOrders } from './testing/orders.js';
import { confirm, reserved } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const me = customer();
type Updates = AsyncGenerator<OrderEventRow, void, void>;

const follow = (id: string, afterSeq = 0, by: Person = me) =>
  orderUpdates(orders.as(by), id, afterSeq);

async function take(updates: Updates, count: number): Promise<string[]> {
  const seen: string[] = [];
  while (seen.length < count) {
    const { value } = await updates.next();
    if (!value) break;
    seen.push(`${value.seq} ${value.type}`);
  }
  return seen;
}

/** Records one more event, and gives the hint that the outbox would give. */
async function move(order: OrderRow): Promise<void> {
  const { status } = await orders.advance(order.id, reserved());
  await orders.live.publish([{ orderId: order.id, seq: 3, status }]);
}

/** Reads are answered in turn: with this one, those of all who follow. */
const waitsNow = ({ id }: OrderRow) => orders.as(me).eventsAfter({ orderId: id, seq: 1 });

const listeners = () => orders.live.listeners.size;

describe('the updates of an order', () => {
  it('begin with what was missed, and go on with what happens', async () => {
    const order = await orders.place({}, me);
    const updates = await follow(order.id);
    expect(await take(updates, 1)).toEqual(['1 placed']);
    const next = take(updates, 2);
    await move(order);
    expect(await next).toEqual(['2 validated', '3 reserved']);
    await updates.return();
  });

  it('begin after the seq that was seen', async () => {
    const { id } = await confirm(orders, await orders.place({}, me));
    const updates = await follow(id, 3);
    expect(await take(updates, 2)).toEqual(['4 authorized', '5 confirmed']);
    await updates.return();
  });

  it('wait for the seq that is asked for, also where it is still to come', async () => {
    const order = await orders.place({}, me);
    const updates = await follow(order.id, 2);
    const next = take(updates, 1);
    await move(order);
    expect(await next).toEqual(['3 reserved']);
    await updates.return();
  });

  it('are complete also where they are many, and read in portions', async () => {
    const { id } = await orders.place({}, me);
    for (let i = 0; i < 210; i++) {
      await orders.as(STAFF).changeOrder({
        orderId: id,
        actor: 'x',
        decide: ({ seq }) => ({
          facts: [{ type: 'refunded', to: 'PENDING' }],
          patch: { seq: seq + 1 },
        }),
      });
    }
    const updates = await follow(id);
    const seen = await take(updates, 211);
    expect(seen.map((each) => Number(each.split(' ')[0]))).toEqual(seen.map((_, i) => i + 1));
    await updates.return();
  });

  it('do not lose a hint that comes while they read', async () => {
    const order = await orders.place({}, me);
    const context = orders.as(me);
    let reads = 0;
    const slow: OrdersContext = {
      ...context,
      eventsAfter: async (position) => {
        const events = await context.eventsAfter(position);
        reads += 1;
        // The second read finds nothing, and the order moves before that is known.
        if (reads === 2) await move(order);
        return events;
      },
    };
    const updates = await orderUpdates(slow, order.id, 0);
    expect(await take(updates, 3)).toEqual(['1 placed', '2 validated', '3 reserved']);
    expect(reads).toBe(3);
    await updates.return();
  });

  it('are not disturbed by hints of other orders', async () => {
    const [order, other] = [await orders.place({}, me), await orders.place({}, me)];
    const updates = await follow(order.id, 1);
    const next = take(updates, 1);
    await waitsNow(order);
    const statements = await statementsOf(async () => {
      await orders.live.publish([{ orderId: other.id, seq: 1, status: 'PENDING' }]);
      await orders.order(other.id);
    });
    expect(statements).not.toContain('events.after');
    await move(order);
    expect(await next).toEqual(['2 validated']);
    await updates.return();
  });

  it('end at once when they are left, also while they wait', async () => {
    const { id } = await orders.place({}, me);
    const before = listeners();
    const updates = await follow(id, 1);
    expect(listeners()).toBe(before + 1);
    const waiting = updates.next();
    await updates.return();
    expect(await waiting).toMatchObject({ done: true });
    expect(listeners()).toBe(before);
    expect(await updates.next()).toMatchObject({ done: true });
  });

  it('end also when nothing was ever read', async () => {
    const { id } = await orders.place({}, me);
    const before = listeners();
    const updates = await follow(id);
    await updates.return();
    expect(listeners()).toBe(before);
    expect(await updates.next()).toMatchObject({ done: true });
  });

  it('that fail leave nobody listening', async () => {
    const { id } = await orders.place({}, me);
    const before = listeners();
    const broken: OrdersContext = {
      ...orders.as(me),
      eventsAfter: () => Promise.reject(new Error('database away')),
    };
    const updates = await orderUpdates(broken, id, 0);
    await expect(updates.next()).rejects.toThrow('database away');
    expect(listeners()).toBe(before);
  });

  it('share statements among those who watch', async () => {
    const order = await orders.place({}, me);
    const all = await Promise.all([1, 2, 3].map(() => follow(order.id, 1)));
    const next = all.map((updates) => take(updates, 2));
    await waitsNow(order);
    const statements = await statementsOf(async () => {
      await move(order);
      await Promise.all(next);
    });
    expect(statements.filter((name) => name === 'events.after')).toHaveLength(1);
    await Promise.all(all.map((updates) => updates.return()));
  });

  it('end when the order is not for the subscriber any more', async () => {
    const order = await orders.place({}, me);
    const before = listeners();
    const updates = await follow(order.id, 1);
    const waiting = updates.next();
    await orders.as(me).db.em().nativeUpdate(OrderTable, { id: order.id }, { customerId: newId() });
    await move(order);
    await expect(waiting).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    expect(listeners()).toBe(before);
  });

  it('are not for somebody else', async () => {
    const { id } = await orders.place({}, me);
    const before = listeners();
    await expect(follow(id, 0, customer())).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
    await expect(follow(newId())).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    expect(listeners()).toBe(before);
  });
});

it('a client sees each event with the order as it is then', async () => {
  const order = await orders.place({}, me);
  const result = await subscribe({
    schema: orders.subgraph.schema,
    document:
      parse(`subscription($id: ID!, $after: Int!) { orderUpdates(orderId: $id, afterSeq: $after) {
      seq type to order { id status } } }`),
    variableValues: { id: orderId.encode(order.id), after: 0 },
    contextValue: orders.as(me),
  });
  const updates = result as AsyncGenerator<{ data: { orderUpdates: object } }>;
  const next = async () => (await updates.next()).value?.data.orderUpdates;
  expect(await next()).toMatchObject({ seq: 1, type: 'PLACED', order: { status: 'PENDING' } });
  const waiting = next();
  await move(order);
  expect(await waiting).toMatchObject({ seq: 2, type: 'VALIDATED', order: { status: 'RESERVED' } });
  expect(await next()).toMatchObject({ seq: 3, type: 'RESERVED', to: 'RESERVED' });
  await updates.return(undefined);
});
