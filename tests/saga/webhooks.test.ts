import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OrdersAtWork, ordersAtWork } from '../support/orders-at-work.js';
import { STAFF, type System, startSystem } from '../support/system.js';

interface Received {
  id: string;
  type: string;
  data: { orderId: string; number: string; seq: number; status: string };
}

const ALL = ['PLACED', 'CONFIRMED', 'SHIPPED', 'CANCELLED'].map((name) => `ORDER_${name}`);
/** Lost work is looked for at once. */
const WATCHFUL = { stalledSeconds: 0.2, reconcileMs: 200, sweepMs: 200 };

let system: System;
let at: OrdersAtWork;
/** What the partner's server got and believed, and what it answers. */
const received: Received[] = [];
let answers: (message: Received) => number = () => 204;
let secret = '';
let acme: Identity & { kind: 'partner' };

const server = createServer(async (request, response) => {
  const { type, data } = new Webhook(secret).verify(
    await text(request),
    request.headers as Record<string, string>,
  ) as Received;
  const message = { id: String(request.headers['webhook-id']), type, data };
  received.push(message);
  response.writeHead(answers(message)).end();
});

beforeAll(async () => {
  system = await startSystem();
  at = ordersAtWork(system);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const admin: Identity = { kind: 'user', userId: newId(), roles: ['ADMIN'] };
  const made = await system.ask<{ createPartner: { partner: { id: string } } }>(
    'users',
    admin,
    'mutation { createPartner(input: { name: "Acme" }) { partner { id } } }',
  );
  const { id } = made.createPartner.partner;
  const partnerId = id.slice('Partner_'.length);
  acme = { kind: 'partner', partnerId, keyId: newId(), scopes: ['READ', 'WRITE'] };
  const { port } = server.address() as AddressInfo;
  const input = { url: `http://127.0.0.1:${port}/hook`, events: ALL };
  const { createWebhook } = await system.ask<{ createWebhook: { secret: string } }>(
    'users',
    acme,
    'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { secret } }',
    { input },
  );
  secret = createWebhook.secret;
});
// Each test begins without workers.
afterEach(async () => {
  answers = () => 204;
  await system.restartQueues();
});
afterAll(async () => {
  await system.close();
  server.close().closeAllConnections();
});

/** An order of the partner's; its id in the API. */
async function place(): Promise<string> {
  const input = {
    ...{ idempotencyKey: newId(), currency: 'GBP', paymentMethod: 'pm_card_approve' },
    lines: [{ sku: await at.product(), quantity: 1 }],
  };
  const { placeOrder } = await system.ask<{ placeOrder: { order: { id: string } } }>(
    'orders',
    acme,
    'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }',
    { input },
  );
  return placeOrder.order.id;
}

const ofOrder = (orderId: string) => received.filter(({ data }) => data.orderId === orderId);
const types = (orderId: string) => ofOrder(orderId).map(({ type }) => type);
const WAIT = { timeout: 30_000 };

describe('a partner is told by its webhook', () => {
  it('of each step of its orders, and of nobody else’s', async () => {
    await system.startWorkers();
    const before = received.length;
    const theirs = await at.place({ notify: true });
    const orderId = await place();
    await expect
      .poll(() => types(orderId).toSorted(), WAIT)
      .toEqual(['order.confirmed', 'order.placed']);
    await system.ask(
      'orders',
      STAFF,
      'mutation ($input: FulfillOrdersInput!) { fulfillOrders(input: $input) { userErrors { code } } }',
      { input: { orderIds: [orderId] } },
    );
    await expect.poll(() => types(orderId), WAIT).toContain('order.shipped');
    await at.reaches(theirs, 'CONFIRMED');
    expect(received.length - before).toBe(3);
    const shipped = ofOrder(orderId).find(({ type }) => type === 'order.shipped');
    expect(shipped?.data).toMatchObject({ status: 'SHIPPED', number: expect.any(String) });
    const seqs = ofOrder(orderId).map(({ data }) => data.seq);
    expect(new Set(seqs).size).toBe(3);
  });

  it('again and again until it answers, each time by the same id', async () => {
    let failures = 0;
    answers = ({ type }) => {
      if (type !== 'order.confirmed' || failures >= 3) return 200;
      failures += 1;
      return 500 + failures;
    };
    await system.startWorkers();
    const orderId = await place();
    const confirmed = () => ofOrder(orderId).filter(({ type }) => type === 'order.confirmed');
    await expect.poll(() => confirmed().length, WAIT).toBe(4);
    expect(new Set(confirmed().map(({ id }) => id)).size).toBe(1);
    const [row] = await system.sql<{ state: string; attempts: number }>(
      'users',
      `select state, attempts from webhook_deliveries
       where type = 'order.confirmed' and order_id = $1 and attempts = 4`,
      [orderId.slice('Order_'.length)],
    );
    expect(row).toEqual({ state: 'DELIVERED', attempts: 4 });
  });

  it('once more, where it asks for that', async () => {
    await system.startWorkers();
    const orderId = await place();
    const placed = () => ofOrder(orderId).filter(({ type }) => type === 'order.placed');
    await expect.poll(() => placed().length, WAIT).toBe(1);
    const deliveryId = placed()[0]?.id;
    const state = async () =>
      (
        await system.sql<{ state: string }>(
          'users',
          'select state from webhook_deliveries where id = $1',
          [deliveryId?.slice('WebhookDelivery_'.length)],
        )
      )[0]?.state;
    await expect.poll(state, WAIT).toBe('DELIVERED');
    await system.ask(
      'users',
      acme,
      'mutation ($input: RedeliverWebhookInput!) { redeliverWebhook(input: $input) { delivery { id } } }',
      { input: { deliveryId } },
    );
    await expect.poll(() => placed().map(({ id }) => id), WAIT).toEqual([deliveryId, deliveryId]);
  });

  it('also where the queue has lost everything', async () => {
    answers = () => 503;
    await system.startWorkers();
    const orderId = await place();
    await expect.poll(() => new Set(types(orderId)).size, WAIT).toBe(2);
    await system.restartQueues();
    await Promise.all(system.queues.all.map((queue) => queue.obliterate({ force: true })));
    answers = () => 204;
    const before = ofOrder(orderId).length;
    await system.startWorkers({ timing: WATCHFUL });
    const since = () => new Set(types(orderId).slice(before));
    await expect.poll(() => since().size, WAIT).toBe(2);
    await expect
      .poll(
        () => system.sql('users', `select from webhook_deliveries where state = 'PENDING'`),
        WAIT,
      )
      .toEqual([]);
  });

  it('not at an address behind our own walls', async () => {
    await system.startWorkers({ webhookTargets: 'public' });
    const before = received.length;
    await place();
    const refused = () =>
      system.sql<{ last_error: string }>(
        'users',
        `select last_error from webhook_deliveries where last_error like '%not in the public internet'`,
      );
    await expect.poll(async () => (await refused()).length, WAIT).toBe(2);
    expect(received.length).toBe(before);
  });
});
