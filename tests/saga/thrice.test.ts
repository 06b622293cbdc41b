import { notifyCustomer } from '@waybill/jobs/notify-customer.js';
import { refundPayment } from '@waybill/jobs/refund-payment.js';
import { releaseStock } from '@waybill/jobs/release-stock.js';
import { reserveStock } from '@waybill/jobs/reserve-stock.js';
import { reversePayment } from '@waybill/jobs/reverse-payment.js';
import { settlePayment } from '@waybill/jobs/settle-payment.js';
import { shipFulfillment } from '@waybill/jobs/ship-fulfillment.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Inbox, openInbox } from '../support/inbox.js';
import { type Gate, gate, intercept } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { STORIES } from '../support/stories.js';
import { type System, startSystem } from '../support/system.js';

/** A job's work, whatever queue it came through. */
type Handler = (event: DomainEvent) => Promise<unknown>;

let system: System;
let at: OrdersAtWork;
let inbox: Inbox;
/** Held where the jobs of an order shall not yet be worked off. */
let holdUp: Gate | undefined;

beforeAll(async () => {
  inbox = await openInbox();
  system = await startSystem({
    tamper: intercept(async (_, proceed) => {
      await holdUp?.pass();
      return proceed();
    }),
  });
  at = ordersAtWork(system);
});
afterAll(async () => {
  await system.close();
  await inbox.close();
});

const BOOKS = {
  orders: ['orders', 'order_lines', 'order_events', 'refunds'],
  catalog: ['stock_levels', 'holds', 'hold_items', 'restocks'],
  payments: ['payments', 'refunds'],
} as const;

/** All that the orders have led to in our databases. (The provider writes its own a little later.) */
async function effects(): Promise<unknown> {
  const tables = Object.entries(BOOKS).flatMap(([database, names]) =>
    names.map(async (table) => {
      const rows = `select to_jsonb(t) - 'updated_at' as row from ${table} t order by 1`;
      return [database, table, await system.sql(database as keyof typeof BOOKS, rows)];
    }),
  );
  return Promise.all(tables);
}

const thrice = (events: readonly StoredEvent[]) => [events, events, events];

/** An order of each story, lived to its end. */
async function liveAll(): Promise<Placed[]> {
  return Promise.all(
    STORIES.map(async (story) => {
      const sku = await at.product(story.onHand);
      const buyer = await inbox.buyer(system);
      const order = await at.place({ ...story, sku, buyer, notify: true });
      await story.live(order, at);
      return order;
    }),
  );
}

/** Nothing is on its way: neither in an outbox nor in a queue, nor from one to the other. */
async function idle(): Promise<void> {
  const queues = system.queues.all.filter(({ name }) => name !== 'outbox');
  const unsent = async () => {
    const text = 'select count(*)::int as rows from outbox';
    const both = (['orders', 'payments'] as const).map((name) =>
      system.sql<{ rows: number }>(name, text),
    );
    return sum((await Promise.all(both)).flat().map(({ rows }) => rows));
  };
  const waiting = async () =>
    sum(
      await Promise.all(
        queues.map((queue) => queue.getJobCountByTypes('active', 'waiting', 'delayed')),
      ),
    );
  const onItsWay = async () => {
    const published = system.published.length;
    const left = [await unsent(), await waiting(), await unsent()];
    return sum(left) + system.published.length - published;
  };
  await expect.poll(onItsWay, { timeout: 20_000 }).toBe(0);
}

const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);

describe('a job that is delivered three times', () => {
  it('one after the other has its effect once, mails included', async () => {
    const workers = await system.startWorkers({ smtpUrl: inbox.smtpUrl });
    await liveAll();
    await idle();
    const [before, mails] = [await effects(), inbox.mails.length];
    expect(mails).toBeGreaterThan(STORIES.length);

    for (const events of thrice([...system.published])) await system.queues.publish([...events]);
    await idle();
    expect(await effects()).toEqual(before);
    expect(inbox.mails).toHaveLength(mails);
    await workers.close();
    await invariants(system);
  });

  it('while the first delivery is still waiting is one job', async () => {
    holdUp = gate();
    const order = await at.place();
    const workers = await system.startWorkers();
    await holdUp.reached;
    const own = () => system.published.filter(({ subject }) => subject === order.id);
    await expect.poll(() => own().length).toBe(1);
    for (const events of thrice(own())) await system.queues.publish([...events]);
    const queue = system.queues.all.find(({ name }) => name === 'reservation');
    expect(await queue?.getJobCountByTypes('active', 'waiting', 'delayed')).toBe(1);
    holdUp.open();
    holdUp = undefined;
    await at.reaches(order, 'CONFIRMED');
    await workers.close();
    await invariants(system);
  });

  it('at the same moment, to three workers, has its effect once', async () => {
    const workers = await system.startWorkers({ smtpUrl: inbox.smtpUrl });
    const orders = await liveAll();
    await idle();
    await workers.close();
    const ids = new Set(orders.map(({ id }) => id));
    const events = system.published.filter(({ subject }) => ids.has(subject)) as DomainEvent[];
    const [before, mails] = [await effects(), inbox.mails.length];

    await Promise.all(events.flatMap((event) => [1, 2, 3].map(() => handle(event))));
    expect(await effects()).toEqual(before);
    expect(inbox.mails).toHaveLength(mails);
  });

  it('at the same moment, before anybody else has done it, has its effect once', async () => {
    const [order, declined] = await Promise.all([
      at.place({ buyer: await inbox.buyer(system), notify: true }),
      at.place({ card: 'pm_card_decline' }),
    ]);
    await byHand(order, 'CONFIRMED');
    await at.fulfill(order);
    await byHand(order, 'SHIPPED');
    await at.refund(order, 2, true);
    await byHand(order, 'SHIPPED');
    await byHand(declined, 'FAILED');
    expect(await at.state(order)).toMatchObject({ refund: 'REFUNDED', open: 0 });
    expect(await at.stock(order.sku)).toEqual({ onHand: 1000, reserved: 0 });
    const subjects = inbox.to(order.buyer).map(({ subject }) => subject);
    expect(subjects).toHaveLength(3);
    await invariants(system);
  });
});

/** Works an order off without queue or workers, each job three times at once, until it has come to `status`. */
async function byHand(order: Placed, status: string): Promise<void> {
  const done = new Set<string>();
  const due = () =>
    system.published.filter(({ subject, id }) => subject === order.id && !done.has(id));
  await expect
    .poll(async () => {
      for (const event of due()) {
        done.add(event.id);
        await Promise.all([1, 2, 3].map(() => handle(event as DomainEvent)));
      }
      return [(await at.state(order)).status, (await at.state(order)).open];
    })
    .toEqual([status, 0]);
}

const HOLD = { ttlSeconds: 900, maxSeconds: 3600 };

/** What a worker does with an event; a notice that another is sending is left to it. */
async function handle(event: DomainEvent): Promise<void> {
  const { commands } = system;
  const settle: Handler = (due) => settlePayment(due as never, commands, false, HOLD);
  const notify: Handler = (news) =>
    notifyCustomer(news, commands, inbox.mailer, system.queues).catch(({ message }: Error) => {
      expect(message).toContain('another worker');
    });
  const jobs: Partial<Record<DomainEvent['type'], Handler[]>> = {
    'order.placed': [(placed) => reserveStock(placed as never, commands, 900), notify],
    'order.reserved': [settle],
    'order.payment_requested': [settle],
    'order.confirmed': [notify],
    'order.cancelling': [(event) => reversePayment(event as never, commands)],
    'order.payment_reversed': [(event) => releaseStock(event as never, commands)],
    'order.shipment_requested': [(event) => shipFulfillment(event as never, commands)],
    'order.shipped': [notify],
    'order.refund_requested': [(event) => refundPayment(event as never, commands)],
    'order.failed': [notify],
    'order.cancelled': [notify],
  };
  await Promise.all((jobs[event.type] ?? []).map((job) => job(event)));
}
