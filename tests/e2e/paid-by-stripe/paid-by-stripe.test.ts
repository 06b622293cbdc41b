import {
  STUB_KEY,
  STUB_WEBHOOK_SECRET,
  type StripeStub,
  startStripeStub,
} from '@waybill/payments/testing/stripe-stub.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../support/client.js';
import { cancelOrder, placed, stepsUntil } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

const ORDER = `query ($id: ID!) {
  order(id: $id) {
    status
    refundStatus
    refunded { amount }
    needsAttention
    refunds { status amount { amount } reason }
    payments { state captured { amount } refunded { amount } }
    events(first: 50) { edges { node { type } } }
  }
}`;

interface Seen {
  order: {
    status: string;
    refundStatus: string;
    refunded: { amount: string };
    needsAttention: string | null;
    payments: Array<{ state: string }>;
    events: { edges: Array<{ node: { type: string } }> };
  };
}

// In processes of their own: there a webhook has the longest way to go.
describe('an order paid by Stripe', () => {
  let stub: StripeStub;
  let shop: Shop;
  let customer: Customer;
  let orderId: string;

  beforeAll(async () => {
    stub = await startStripeStub();
    shop = await openShop({
      topology: 'distributed',
      payments: {
        PAYMENT_PROVIDER: 'stripe',
        STRIPE_SECRET_KEY: STUB_KEY,
        STRIPE_WEBHOOK_SECRET: STUB_WEBHOOK_SECRET,
        STRIPE_API_URL: stub.url,
      },
    });
    const frontDoor = new URL('/webhooks/payments/stripe', shop.url).href;
    stub.endpoint = { url: frontDoor, secret: STUB_WEBHOOK_SECRET };
    customer = await shop.customer();
  });
  afterAll(async () => {
    await shop?.close();
    await stub?.close();
  });

  const see = async () => (await shop.staff.ask<Seen>(ORDER, { id: orderId })).order;
  const paymentState = async () => (await see()).payments[0]?.state;
  const secretFor = async (who: Client) => {
    const query = 'query ($id: ID!) { order(id: $id) { payments { clientSecret } } }';
    const { order } = await who.ask<{
      order: { payments: Array<{ clientSecret: string | null }> };
    }>(query, { id: orderId });
    return order.payments[0]?.clientSecret;
  };
  const latestIntent = () => [...stub.bank.intents.keys()].at(-1) as string;

  async function place(paymentMethod: string): Promise<void> {
    const sku = await shop.product({ price: '12.50' });
    orderId = await placed(customer, { lines: [{ sku, quantity: 2 }], paymentMethod });
  }

  it('waits for the customer to authenticate, and is confirmed when Stripe says so', async () => {
    await place('pm_card_authenticationRequired');
    await expect.poll(paymentState, { timeout: 10_000 }).toBe('PENDING');
    const { client_secret } = stub.bank.intent(latestIntent());
    expect(await secretFor(customer)).toBe(client_secret);
    expect(await secretFor(shop.staff)).toBe(null);
    stub.authenticate(latestIntent());
    const event = stub.event('payment_intent.amount_capturable_updated');
    expect(await stub.send(event)).toBe(200);
    await stepsUntil(customer, orderId, 'CONFIRMED');
    expect(await see()).toMatchObject({
      payments: [{ state: 'CAPTURED', captured: { amount: '25.00' } }],
      needsAttention: null,
    });
    expect(await secretFor(customer)).toBe(null);
    expect(stub.bank.intent(latestIntent())).toMatchObject({
      status: 'succeeded',
      amount_received: 2500,
    });
  });

  it('hears of a refund that somebody makes in the dashboard', async () => {
    const reason = 'requested_by_customer';
    stub.bank.refund({ payment_intent: latestIntent(), amount: '1000', reason });
    expect(await stub.send(stub.event('charge.refunded'))).toBe(200);
    await expect
      .poll(async () => (await see()).refunded, { timeout: 10_000 })
      .toEqual({
        amount: '10.00',
      });
    const why = 'Refunded at the payment provider: requested by customer.';
    expect(await see()).toMatchObject({
      status: 'CONFIRMED',
      refundStatus: 'PARTIALLY_REFUNDED',
      refunds: [{ status: 'REFUNDED', amount: { amount: '10.00' }, reason: why }],
      payments: [{ state: 'PARTIALLY_REFUNDED', refunded: { amount: '10.00' } }],
    });
  });

  it('is not changed by webhooks that come twice, late, or from somebody else', async () => {
    const before = await see();
    const now = Math.floor(Date.now() / 1000);
    for (const event of stub.events.toReversed()) {
      const sent = [
        await stub.send(event),
        await stub.send(event),
        await stub.send(event, { at: now - 600 }),
        await stub.send(event, { secret: 'whsec_forged' }),
      ];
      expect(sent).toEqual([200, 200, 400, 400]);
    }
    // What follows is taken up after all of these, so they are through.
    stub.bank.dispute(latestIntent());
    await stub.send(stub.event('charge.dispute.created'));
    await expect
      .poll(async () => (await see()).needsAttention, { timeout: 10_000 })
      .toBe('The customer disputes the payment at the payment provider.');
    const { events, ...after } = await see();
    const { events: earlier, ...unchanged } = before;
    expect(after).toEqual({ ...unchanged, needsAttention: after.needsAttention });
    expect(events.edges.slice(0, -1)).toEqual(earlier.edges);
  });

  it('keeps nothing when it was called off before Stripe decided', async () => {
    await place('pm_card_authenticationRequired');
    await expect.poll(paymentState, { timeout: 10_000 }).toBe('PENDING');
    await cancelOrder(customer, { orderId });
    await stepsUntil(customer, orderId, 'CANCELLED');
    expect(stub.bank.intent(latestIntent())).toMatchObject({
      status: 'canceled',
      amount_received: 0,
    });
  });
});
