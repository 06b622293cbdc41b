import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Change, changeOrders } from './change-orders.js';
import { type Command, decide } from './decide.js';
import { openTestOrders, type TestOrders } from './testing/orders.js';
import { inMinutes } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const database = () => orders.as(ANONYMOUS).db;
const RESERVED: Command = { type: 'recordReserved', expiresAt: inMinutes(15) };

const asked = (orderId: string, command: Command): Change => ({
  orderId,
  actor: 'service:test',
  decide: (order) => decide(order, command),
});

async function eventsOf(orderId: string) {
  return database().query<{ seq: number; type: string; outbox: string | null; data: object }>(
    'test.events',
    `select e.seq, e.type, o.type as outbox, o.data from order_events e left join outbox o on o.id = e.id
     where e.order_id = $1 order by e.seq`,
    [orderId],
  );
}

describe('changes in one batch', () => {
  it('of one order see each other', async () => {
    const { id, total } = await orders.place();
    const results = await changeOrders(database(), [
      asked(id, RESERVED),
      asked(id, { type: 'recordAuthorized', attempt: 1, amount: total }),
      asked(id, { type: 'recordAuthorized', attempt: 1, amount: total }),
      asked(id, { type: 'recordConfirmed', captured: total }),
    ]);
    expect(results.map((result) => result?.applied)).toEqual([true, true, false, true]);
    expect(results.map((result) => result?.order.status)).toEqual([
      'RESERVED',
      'AUTHORIZED',
      'AUTHORIZED',
      'CONFIRMED',
    ]);
    expect((await eventsOf(id)).map(({ seq, type }) => `${seq} ${type}`)).toEqual([
      '1 placed',
      '2 validated',
      '3 reserved',
      '4 authorized',
      '5 confirmed',
    ]);
    expect(await orders.order(id)).toMatchObject({ status: 'CONFIRMED', seq: 5, captured: total });
  });

  it('are answered one by one, undefined for an order that does not exist', async () => {
    const placed = await Promise.all([orders.place(), orders.place()]);
    const results = await changeOrders(database(), [
      asked(placed[0].id, RESERVED),
      asked(newId(), RESERVED),
      asked(placed[1].id, { type: 'expire' }),
    ]);
    expect(results.map((result) => result?.applied)).toEqual([true, undefined, false]);
  });

  it('take two statements and one commit, however many they are', async () => {
    const placed = await Promise.all(Array.from({ length: 30 }, () => orders.place()));
    const statements = await statementsOf(() =>
      changeOrders(
        database(),
        placed.map(({ id }) => asked(id, RESERVED)),
      ),
    );
    expect(statements).toEqual(['begin', 'orders.lock', 'orders.write', 'commit']);
  });

  it('write nothing where nothing changes', async () => {
    const { id, updatedAt } = await orders.place();
    const statements = await statementsOf(() =>
      changeOrders(database(), [asked(id, { type: 'expire' })]),
    );
    expect(statements).toEqual(['begin', 'orders.lock', 'commit']);
    expect((await orders.order(id)).updatedAt).toEqual(updatedAt);
  });

  it('do not wait for each other in a circle', async () => {
    const placed = await Promise.all(Array.from({ length: 20 }, () => orders.place()));
    const ids = placed.map(({ id }) => id);
    const flags = (list: string[], reason: string) =>
      changeOrders(
        database(),
        list.map((id) => asked(id, { type: 'flagAttention', reason })),
      );
    await Promise.all([flags(ids, 'a'), flags(ids.toReversed(), 'b'), flags(ids, 'c')]);
    expect(await orders.history(ids[0] as string)).toEqual(['placed', 'attention_needed']);
  });
});

describe('state, history and outbox', () => {
  it('say the same, event by event', async () => {
    const { id } = await orders.place();
    await changeOrders(database(), [asked(id, RESERVED)]);
    const events = await eventsOf(id);
    expect(events.map(({ outbox }) => outbox)).toEqual([
      'order.placed',
      'order.validated',
      'order.reserved',
    ]);
    expect(events.at(-1)?.data).toMatchObject({ seq: 3, status: 'RESERVED', amount: 1000 });
  });

  it('are all as before where one of them cannot be written', async () => {
    const { id } = await orders.place();
    const before = await orders.order(id);
    const broken: Change = {
      orderId: id,
      actor: 'service:test',
      decide: ({ seq }) => ({
        facts: [{ type: 'sung', to: 'PENDING', data: { text: 'a\0b' } }],
        patch: { seq: seq + 1, needsAttention: 'x' },
      }),
    };
    await expect(changeOrders(database(), [asked(id, RESERVED), broken])).rejects.toThrow();
    expect(await orders.order(id)).toEqual(before);
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('spare the neighbours of a change that cannot be decided', async () => {
    const placed = await Promise.all([orders.place(), orders.place()]);
    const { changeOrder } = orders.as(ANONYMOUS);
    const broken: Change = {
      orderId: placed[0].id,
      actor: 'service:test',
      decide: () => {
        throw new Error('cannot decide');
      },
    };
    const results = await Promise.allSettled([
      changeOrder(broken),
      changeOrder(asked(placed[1].id, RESERVED)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await orders.history(placed[1].id)).toEqual(['placed', 'validated', 'reserved']);
  });
});

describe('the history', () => {
  it.each([
    ['updated', 'update order_events set reason = $1'],
    ['deleted', 'delete from order_events where reason is distinct from $1'],
  ])('cannot be %s', async (verb, text) => {
    await orders.place();
    await expect(database().query(`test.${verb}`, text, ['x'])).rejects.toThrow('append-only');
  });

  it('holds one event per seq', async () => {
    const { id } = await orders.place();
    const twice = database().query(
      'test.twice',
      `insert into order_events (order_id, seq, id, type, to_status, actor, data, hash)
       values ($1, 1, $2, 'placed', 'PENDING', 'x', '{}', '')`,
      [id, newId()],
    );
    await expect(twice).rejects.toThrow('order_events_pkey');
  });
});
