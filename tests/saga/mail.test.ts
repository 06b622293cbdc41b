import { notifyCustomer } from '@waybill/jobs/notify-customer.js';
import { newId } from '@waybill/kernel/ids.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Inbox, openInbox } from '../support/inbox.js';
import { intercept } from '../support/intercept.js';
import {
  type OrdersAtWork,
  ordersAtWork,
  type Placed,
  type Wish,
} from '../support/orders-at-work.js';
import { STAFF, STAFF_EMAIL, type System, startSystem } from '../support/system.js';

let system: System;
let at: OrdersAtWork;
let inbox: Inbox;

beforeAll(async () => {
  inbox = await openInbox();
  system = await startSystem();
  at = ordersAtWork(system);
  await system.startWorkers({ smtpUrl: inbox.smtpUrl });
});
afterAll(async () => {
  await system.close();
  await inbox.close();
});

const SELL = `mutation ($prices: SetPricesInput!, $products: PublishProductsInput!) {
  setPrices(input: $prices) { userErrors { code } }
  publishProducts(input: $products) { userErrors { code } } }`;

const place = async (wish: Wish = {}) =>
  at.place({ buyer: await inbox.buyer(system), notify: true, ...wish });

const subjects = ({ buyer }: Placed) =>
  inbox
    .to(buyer)
    .map(({ subject }) => subject.replace(/ \(order \d+\)$/, ''))
    .sort();

async function eventId(order: Placed, type: string): Promise<string | undefined> {
  const text = 'select id from order_events where order_id = $1 and type = $2';
  return (await system.sql<{ id: string }>('orders', text, [order.id, type]))[0]?.id;
}

it('staff are told by mail when an order leaves too little of a SKU', async () => {
  const sku = await at.product(5);
  const source =
    'mutation ($input: SetLowStockThresholdsInput!) { setLowStockThresholds(input: $input) { count } }';
  const input = { lines: [{ sku, threshold: 4 }] };
  await system.ask('catalog', STAFF, source, { input });
  const order = await at.place({ sku, quantity: 2 });
  await at.reaches(order, 'CONFIRMED');
  const mails = () => inbox.mails.filter(({ to }) => to.includes(STAFF_EMAIL));
  await expect.poll(mails).toHaveLength(1);
  expect(mails()[0]).toMatchObject({ subject: `Only 3 left of ${sku}` });
  expect(mails()[0]?.text).toContain('fewer than the 4 that you want there to be');
});

describe('the customer is told by mail', () => {
  it('that the order was placed, confirmed and shipped', async () => {
    const order = await place();
    await at.reaches(order, 'CONFIRMED');
    await at.fulfill(order);
    await expect
      .poll(() => subjects(order))
      .toEqual(['We have your order', 'Your order is confirmed', 'Your order is on its way']);
    const [mail] = inbox.to(order.buyer).filter(({ subject }) => subject.includes('confirmed'));
    expect(mail).toMatchObject({
      to: [inbox.emailOf(order.buyer)],
      from: 'test@waybill.example',
      messageId: `<${await eventId(order, 'confirmed')}@waybill.example>`,
    });
    expect(mail?.text).toContain('Hello Ada Lovelace,');
    expect(mail?.text).toContain(`2 x Title of ${order.sku}: 20.00 GBP`);
  });

  it('in the name of the storefront where it was placed, which knows them from then on', async () => {
    const storefrontId = newId();
    await system.sql(
      'catalog',
      `insert into storefronts (id, code, name, currency, locale, sender_name, sender_address)
       values ($1, 'blue', 'Blue Shop', 'GBP', 'en', 'Blue', 'hello@blue.example')`,
      [storefrontId],
    );
    const sku = await at.product();
    const { productVariant } = await system.ask<{ productVariant: { product: { id: string } } }>(
      'catalog',
      STAFF,
      `{ productVariant(sku: "${sku}") { product { id } } }`,
    );
    await system.ask('catalog', STAFF, SELL, {
      prices: { storefront: 'blue', prices: [{ sku, price: '10.00' }] },
      products: { storefront: 'blue', productIds: [productVariant.product.id] },
    });
    const order = await place({ storefrontId, sku });
    await expect.poll(() => subjects(order)).toContain('Your order is confirmed');
    const [mail] = inbox.to(order.buyer).filter(({ subject }) => subject.includes('confirmed'));
    expect(mail?.from).toBe('hello@blue.example');
    expect(mail?.text).toMatch(/\n-- \nBlue Shop\n$/);
    const { userId } = order.buyer;
    const known = await system.commands.users.findCustomer({ userId });
    expect(known?.knownAt).toEqual([MAIN_STOREFRONT_ID, storefrontId]);
    const quiet = await place({ notify: false, storefrontId, sku });
    await at.reaches(quiet, 'CONFIRMED');
    const told = await system.commands.users.findCustomer({ userId: quiet.buyer.userId });
    expect(told?.knownAt).toContain(storefrontId);
  });

  it('that it failed, and why', async () => {
    const order = await place({ card: 'pm_card_decline' });
    await expect
      .poll(() => subjects(order))
      .toEqual(['We have your order', 'Your order could not be completed']);
    expect(
      inbox
        .to(order.buyer)
        .map(({ text }) => text)
        .join(),
    ).toContain('Your card was declined.');
  });

  it('that it was cancelled', async () => {
    const order = await place();
    await at.reaches(order, 'CONFIRMED');
    await at.cancel(order);
    await expect.poll(() => subjects(order)).toContain('Your order is cancelled');
  });

  it('that it has expired', async () => {
    const order = await place({ card: 'pm_card_insufficient_funds' });
    await at.declined(order);
    await at.holdRunsOut(order);
    await expect.poll(() => subjects(order)).toContain('Your order has expired');
  });
});

describe('when the queue has lost its jobs', () => {
  it('every mail that was not sent is sent once', async () => {
    const shop = await startSystem();
    const buyer = await inbox.buyer(shop);
    await ordersAtWork(shop).place({ buyer, notify: true });
    await expect.poll(() => mailJobs(shop)).toBe(1);
    for (const queue of shop.queues.all) await queue.obliterate({ force: true });
    const timing = { stalledSeconds: 0.1, reconcileMs: 200 };
    await shop.startWorkers({ timing, smtpUrl: inbox.smtpUrl });
    await expect
      .poll(() => inbox.to(buyer).map(({ subject }) => subject))
      .toEqual([
        expect.stringContaining('We have your order'),
        expect.stringContaining('Your order is confirmed'),
      ]);
    await expect
      .poll(() => shop.commands.orders.findUnsettledNotices({ olderThanSeconds: 0, limit: 10 }))
      .toEqual({ events: [] });
    await shop.close();
  });
});

/** Jobs of mail about orders that wait; whoever registered gets mail, too. */
async function mailJobs({ queues }: System): Promise<number | undefined> {
  const jobs = await queues.all.find(({ name }) => name === 'notification')?.getJobs(['waiting']);
  return jobs?.filter(({ name }) => name.startsWith('order.')).length;
}

describe('nobody is told', () => {
  it('about an order that asks for no mail, nor about a guest', async () => {
    const [mute, guest] = await Promise.all([
      place({ notify: false }),
      at.place({ guest: true, notify: true }),
    ]);
    await Promise.all([at.reaches(mute, 'CONFIRMED'), at.reaches(guest, 'CONFIRMED')]);
    const notices = await system.sql(
      'orders',
      'select from notices where order_id = any($1::uuid[])',
      [[mute.id, guest.id]],
    );
    expect(notices).toEqual([]);
    expect(subjects(mute)).toEqual([]);
  });

  it('to whom no address is known', async () => {
    const order = await at.place({ notify: true });
    await at.reaches(order, 'CONFIRMED');
    const jobs = system.queues.all.find(({ name }) => name === 'notification');
    await expect.poll(() => jobs?.getJobCountByTypes('active', 'waiting', 'delayed')).toBe(0);
    expect(await system.queues.deadLetters()).toEqual([]);
  });
});

describe('a mail server that is away', () => {
  it('holds up no order, and gets the mail when it is back', async () => {
    const away = await openInbox();
    await away.close();
    const other = await startSystem();
    onTestFinished(() => other.close());
    const work = ordersAtWork(other);
    await other.startWorkers({ smtpUrl: away.smtpUrl });
    const buyer = await away.buyer(other);
    const order = await work.place({ buyer, notify: true });
    await work.reaches(order, { status: 'CONFIRMED', attention: null });
    const tried = async () => {
      const jobs = await other.queues.all.find(({ name }) => name === 'notification')?.getJobs();
      // Mail about the new account is tried, too.
      const aboutOrders = jobs?.filter(({ name }) => name.startsWith('order.'));
      return aboutOrders?.filter((job) => job.attemptsMade > 0).length;
    };
    await expect.poll(tried).toBe(2);

    const back = await openInbox(Number(new URL(away.smtpUrl).port));
    onTestFinished(() => back.close());
    const arrived = () => back.mails.filter(({ subject }) => subject.includes('(order '));
    await expect.poll(() => arrived().length, { timeout: 10_000 }).toBe(2);
    expect(back.mails.every(({ to }) => to.includes(away.emailOf(buyer)))).toBe(true);
  });

  it('is asked again by another worker when the one that was sending died', async () => {
    const buyer = await inbox.buyer(system);
    const order = await at.place({ buyer, notify: false });
    await at.reaches(order, 'CONFIRMED');
    const id = (await eventId(order, 'confirmed')) as string;
    const claimed = await system.commands.orders.claimNotice({ eventId: id, orderId: order.id });
    expect(claimed).toEqual({ claim: 'GRANTED' });
    const data = { notify: true, customerId: buyer.userId, seq: 5, status: 'CONFIRMED' };
    const event = { id, type: 'order.confirmed', subject: order.id, data };
    await system.queues.publish([event]);
    const job = () => system.queues.all.find(({ name }) => name === 'notification')?.getJob(id);
    await expect.poll(async () => (await job())?.attemptsMade).toBeGreaterThan(0);
    expect(subjects(order)).toEqual([]);

    await system.sql(
      'orders',
      `update notices set claimed_at = now() - interval '2 minutes' where event_id = $1`,
      [id],
    );
    await expect.poll(() => subjects(order)).toEqual(['Your order is confirmed']);
    await expect.poll(job).toBeUndefined();
    await system.queues.publish([event]);
    await expect.poll(job).toBeUndefined();
    expect(subjects(order)).toHaveLength(1);
  });
});

describe('a worker that fails while it tells the customer', () => {
  /** The mail goes out between the last two of these. */
  const STEPS = [
    'users.findCustomer',
    'orders.describeOrder',
    'orders.claimNotice',
    'orders.settleNotice',
  ].flatMap((command) => [
    { when: 'before', command },
    { when: 'after', command },
  ]);

  it.each(STEPS)('$when $command sends it at a later attempt', async ({ when, command }) => {
    const buyer = await inbox.buyer(system);
    const order = await at.place({ buyer, notify: false });
    await at.reaches(order, 'CONFIRMED');
    const data = { notify: true, customerId: buyer.userId, seq: 5, status: 'CONFIRMED' };
    const id = (await eventId(order, 'confirmed')) as string;
    const event = { id, type: 'order.confirmed', subject: order.id, data } as DomainEvent;

    const aliases = new Map([
      [buyer.userId, order.id],
      [id, order.id],
    ]);
    const failing = intercept(async ({ name }, proceed) => {
      if (name === command && when === 'before') throw new Error('died');
      const answer = await proceed();
      if (name === command) throw new Error('died');
      return answer;
    }, aliases);
    const attempt = (commands: System['commands']) =>
      notifyCustomer(event, commands, inbox.mailer, system.queues);
    await expect(attempt(failing(system.commands))).rejects.toThrow('died');
    const aMinuteLater = `update notices set claimed_at = now() - interval '2 minutes' where event_id = $1`;
    await system.sql('orders', aMinuteLater, [id]);
    await attempt(system.commands);
    await attempt(system.commands);

    // Whoever dies between sending and noting it down leads to a second mail, known as the same by its id.
    const twice = when === 'before' && command === 'orders.settleNotice';
    const mails = inbox.to(buyer);
    expect(mails).toHaveLength(twice ? 2 : 1);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
  });
});
