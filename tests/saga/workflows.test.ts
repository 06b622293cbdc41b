import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Identity } from '@waybill/kernel/identity.js';
import { globalId, newId } from '@waybill/kernel/ids.js';
import { stepwise } from '@waybill/orders/testing/workflows.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Inbox, openInbox } from '../support/inbox.js';
import { intercept, never } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import {
  type OrdersAtWork,
  ordersAtWork,
  type Placed,
  type Wish,
} from '../support/orders-at-work.js';
import { STAFF, type System, startSystem } from '../support/system.js';

const MANAGER: Identity = { kind: 'user', userId: newId(), roles: ['MANAGER'] };

let system: System;
let at: OrdersAtWork;
let inbox: Inbox;
/** Orders whose money is asked for and whose job then dies. */
const dying = new Set<string>();

beforeAll(async () => {
  inbox = await openInbox();
  system = await startSystem({
    tamper: intercept(({ name, orderId }, proceed) =>
      name === 'payments.capturePayment' && dying.has(orderId) ? never() : proceed(),
    ),
  });
  at = ordersAtWork(system);
  const storefrontId = globalId('Storefront').encode(MAIN_STOREFRONT_ID);
  const saved = await ask('saveWorkflow', { storefrontId, workflow: stepwise() }, MANAGER);
  expect(saved).toEqual([]);
  // Jobs of workers that are gone are taken up soon.
  await system.startWorkers({ smtpUrl: inbox.smtpUrl, timing: { lockMs: 500 } });
});
afterEach(() => invariants(system));
afterAll(async () => {
  await system.close();
  await inbox.close();
});

/** Codes of what stood in the way. */
async function ask(mutation: string, input: object, identity: Identity = STAFF, type = mutation) {
  const source = `mutation ($input: ${type.charAt(0).toUpperCase()}${type.slice(1)}Input!) {
    payload: ${mutation}(input: $input) { userErrors { code } } }`;
  const answer = await system.ask<{ payload: { userErrors: Array<{ code: string }> } }>(
    'orders',
    identity,
    source,
    { input },
  );
  return answer.payload.userErrors.map(({ code }) => code);
}

const move = ({ gid: orderId }: Placed, to: string, identity?: Identity) =>
  ask('moveOrder', { orderId, to }, identity);

/** Placed, looked at, and put in a parcel. */
async function picked(wish: Wish = {}): Promise<Placed> {
  const order = await at.place(wish);
  await at.reaches(order, { status: 'CONFIRMED', payment: 'AUTHORIZED' });
  expect(await move(order, 'CHECKED', MANAGER)).toEqual([]);
  expect(await ask('createFulfillment', { orderId: order.gid })).toEqual([]);
  await at.reaches(order, 'PROCESSING');
  return order;
}

async function ship({ id }: Placed) {
  const parcel = `select 'Fulfillment_' || id as id from fulfillments where order_id = $1`;
  const [row] = await system.sql<{ id: string }>('orders', parcel, [id]);
  return ask('shipFulfillment', { fulfillmentId: row?.id }, STAFF, 'tracking');
}

/** What the storefront's own system hears by a webhook. */
async function listened(): Promise<Received[]> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const headers = request.headers as Record<string, string>;
    received.push(new Webhook(secret).verify(await text(request), headers) as Received);
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  system.onClose(async () => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const storefrontId = globalId('Storefront').encode(MAIN_STOREFRONT_ID);
  const { createWebhook } = await system.ask<{ createWebhook: { secret: string } }>(
    'users',
    STAFF,
    'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { secret } }',
    { input: { storefrontId, url: `http://127.0.0.1:${port}/`, events: ['ORDER_STATUS_CHANGED'] } },
  );
  const { secret } = createWebhook;
  return received;
}

interface Received {
  type: string;
  data: { orderId: string; status: string; workflowStatus: string };
}

const captured = async (order: Placed) => (await at.payments(order)).map((each) => each.captured);

it('an order is paid when it is packed, its customer hears of it, and then it leaves', async () => {
  const buyer = await inbox.buyer(system, 'Ada');
  const order = await picked({ buyer, notify: true });
  expect(await captured(order)).toEqual([0]);
  expect(await ship(order)).toEqual(['INVALID_STATE']);
  expect(await move(order, 'PACKED')).toEqual([]);
  await at.reaches(order, { status: 'PROCESSING', payment: 'PAID' });
  expect(await captured(order)).toEqual([2000]);
  const told = () => inbox.mails.find(({ subject }) => /^Packed: \d+$/.test(subject));
  await expect.poll(told).toMatchObject({ to: [inbox.emailOf(buyer)] });
  expect(told()?.text).toMatch(/^Dear Ada, it is Packed\.\s/);
  expect(await ship(order)).toEqual([]);
  await at.reaches(order, { status: 'SHIPPED', payment: 'PAID' });
  expect(await captured(order)).toEqual([2000]);
});

it('the system of the storefront hears of a step, though nobody wants mail about the order', async () => {
  const received = await listened();
  const order = await picked({ notify: false });
  expect(await move(order, 'PACKED')).toEqual([]);
  await expect
    .poll(() => received, { timeout: 10_000 })
    .toMatchObject([
      {
        type: 'order.status_changed',
        data: { orderId: order.gid, status: 'PROCESSING', workflowStatus: 'PACKED' },
      },
    ]);
});

it('an order that is packed and whose money does not come stays', async () => {
  const order = await picked({ card: 'pm_card_capture_fails' });
  expect(await move(order, 'PACKED')).toEqual([]);
  await at.reaches(order, { attention: 'its money could not be taken: CAPTURE_REFUSED' });
  expect(await captured(order)).toEqual([0]);
  expect(await move(order, 'PICKING')).toEqual([]);
  await at.cancel({ ...order, buyer: STAFF });
  await at.reaches(order, 'CANCELLED');
});

it('an order whose job is lost while its money is taken gets it again', async () => {
  const order = await picked();
  dying.add(order.id);
  expect(await move(order, 'PACKED')).toEqual([]);
  const waiting = () => system.commands.orders.findStalled({ olderThanSeconds: 0, limit: 10 });
  await expect
    .poll(async () => (await waiting()).events.map(({ type }) => type))
    .toEqual(['order.capture_requested']);
  await system.restartQueues();
  dying.clear();
  await system.startWorkers({
    smtpUrl: inbox.smtpUrl,
    timing: { lockMs: 200, stalledSeconds: 0.2, reconcileMs: 200, sweepMs: 200 },
  });
  await at.reaches(order, { payment: 'PAID' });
  expect(await captured(order)).toEqual([2000]);
});

it('an order that is called off once its money is taken gets all of it back', async () => {
  const order = await picked();
  expect(await move(order, 'PACKED')).toEqual([]);
  await at.reaches(order, { payment: 'PAID' });
  expect(await move(order, 'PICKING')).toEqual([]);
  await at.cancel({ ...order, buyer: STAFF });
  await at.reaches(order, { status: 'CANCELLED', refund: 'REFUNDED' });
});
