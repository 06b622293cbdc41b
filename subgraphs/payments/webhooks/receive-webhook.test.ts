import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStripePayments, type StripePayments } from '../testing/stripe-payments.js';

let payments: StripePayments;
let event: StripePayments['stub']['events'][number];

beforeAll(async () => {
  payments = await openStripePayments();
});
beforeEach(async () => {
  await payments.paid(false);
  event = payments.stub.event('payment_intent.amount_capturable_updated');
});
afterAll(() => payments.close());

const now = () => Math.floor(Date.now() / 1000);

async function stored(): Promise<number> {
  const rows = await payments.db.query(
    'test.stored',
    'select id from provider_events where id = $1',
    [event.id],
  );
  return rows.length;
}

describe('a webhook', () => {
  it('of the provider is stored and answered', async () => {
    expect(await payments.stub.send(event)).toBe(200);
    expect(await stored()).toBe(1);
  });

  it('that comes twice, or again some minutes later, is stored once', async () => {
    const sent = await Promise.all([payments.stub.send(event), payments.stub.send(event)]);
    expect(sent).toEqual([200, 200]);
    expect(await payments.stub.send(event, { at: now() - 290 })).toBe(200);
    expect(await stored()).toBe(1);
  });

  it.each([
    ['signed by somebody else', { secret: 'whsec_other' }],
    ['changed on its way', { tamper: (body: string) => body.replace('gbp', 'eur') }],
    ['signed long ago', { at: now() - 301 }],
  ])('%s is refused and not stored', async (_name, delivery) => {
    expect(await payments.stub.send(event, delivery)).toBe(400);
    expect(await stored()).toBe(0);
  });

  it.each(['', 't=1', 'v1=ab', 't=1,v1=zz', 'nonsense'])('signed %j is refused', async (header) => {
    const { url } = payments.stub.endpoint ?? { url: '' };
    const headers = { 'stripe-signature': header };
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(event), headers });
    expect(response.status).toBe(400);
    expect(await response.text()).toBe('BAD_SIGNATURE');
  });

  it('is taken where it belongs and nowhere else', async () => {
    const { url } = payments.stub.endpoint ?? { url: '' };
    expect((await fetch(url)).status).toBe(405);
    const other = url.replace('stripe', 'simulator');
    expect((await fetch(other, { method: 'POST' })).status).toBe(404);
  });

  it('about something else than a payment is answered and forgotten', async () => {
    event = { ...event, id: 'evt_customer', data: { object: { object: 'customer', id: 'cus_1' } } };
    expect(await payments.stub.send(event)).toBe(200);
    expect(await stored()).toBe(0);
  });

  it('about a payment of somebody else is looked into once', async () => {
    const object = { object: 'payment_intent', id: 'pi_unknown' };
    event = { ...event, id: 'evt_unknown', data: { object } };
    expect(await payments.stub.send(event)).toBe(200);
    await expect.poll(() => payments.untaken()).toBe(0);
  });
});
