import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STUB_KEY, type StripeStub, startStripeStub } from '../../testing/stripe-stub.js';
import { type PaymentProvider, PaymentProviderTimeout } from '../provider.js';
import { openStripe } from './stripe.js';

let stub: StripeStub;
let stripe: PaymentProvider;

beforeAll(async () => {
  stub = await startStripeStub();
  stripe = openStripe({ secretKey: STUB_KEY, apiUrl: stub.url });
});
beforeEach(() => {
  stub.faults.length = 0;
  stub.requests.length = 0;
});
afterAll(async () => {
  await stripe.close?.();
  await stub.close();
});

function asking(method = 'pm_card_visa', amount = 500, currency = 'GBP') {
  return { key: newId(), amount, currency, method };
}

async function held(method?: string) {
  const request = asking(method);
  const answer = await stripe.authorize(request);
  const reference = 'reference' in answer ? answer.reference : null;
  return { authorization: request.key, reference };
}

const capture = (about: Awaited<ReturnType<typeof held>>, amount: number, final: boolean) =>
  stripe.capture({ ...about, key: newId(), amount, final });

describe('an authorization', () => {
  it('is one intent that is captured by hand, with our key', async () => {
    const request = asking();
    await stripe.authorize(request);
    const [asked] = stub.requests;
    expect(asked).toMatchObject({ path: '/v1/payment_intents', idempotencyKey: request.key });
    expect(asked?.params).toEqual({
      amount: '500',
      expand: { 0: 'latest_charge' },
      currency: 'gbp',
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: { 0: 'card' },
      capture_method: 'manual',
      confirm: 'true',
      use_stripe_sdk: 'true',
      payment_method_options: { card: { request_multicapture: 'if_available' } },
      metadata: { waybill_payment: request.key },
    });
  });

  it('asked for again says what is true now, where Stripe repeats what was', async () => {
    const request = asking();
    await stripe.authorize(request);
    stub.bank.cancel(stub.intentOf(request.key).id);
    expect(await stripe.authorize(request)).toEqual({
      outcome: 'DECLINED',
      code: 'AUTHORIZATION_VOIDED',
      hard: true,
    });
  });

  it('that expired at Stripe says so', async () => {
    const about = await held();
    stub.bank.cancel(about.reference as string, 'automatic');
    const expired = { outcome: 'DECLINED', code: 'AUTHORIZATION_EXPIRED', hard: true };
    expect(await stripe.lookUp(about.authorization, about.reference)).toEqual(expired);
    expect(await capture(about, 500, true)).toEqual({
      outcome: 'FAILED',
      code: 'AUTHORIZATION_EXPIRED',
    });
  });

  it('that was declined cannot be confirmed with another card afterwards', async () => {
    const request = asking('pm_card_chargeDeclined');
    await stripe.authorize(request);
    expect(stub.intentOf(request.key).status).toBe('canceled');
    const late = asking('pm_card_authenticationRequired');
    await stripe.authorize(late);
    stub.authenticate(stub.intentOf(late.key).id, false);
    expect(await stripe.lookUp(late.key)).toEqual({
      outcome: 'DECLINED',
      code: 'PAYMENT_INTENT_AUTHENTICATION_FAILURE',
      hard: false,
    });
    expect(stub.intentOf(late.key).status).toBe('canceled');
  });

  it('is declined where the cancelling after it fails, too', async () => {
    stub.faults.push({ at: /cancel$/, answer: { status: 500, body: { error: {} } } });
    const answer = await stripe.authorize(asking('pm_card_chargeDeclined'));
    expect(answer).toMatchObject({ outcome: 'DECLINED', code: 'GENERIC_DECLINE' });
  });

  it('that waits for the customer has a secret for the customer', async () => {
    const about = await held('pm_card_authenticationRequired');
    const reference = about.reference as string;
    const { client_secret } = stub.bank.intent(reference);
    expect(await stripe.clientSecret?.(reference)).toBe(client_secret);
    stub.authenticate(reference);
    expect(await stripe.clientSecret?.(reference)).toBe(null);
  });

  it('is pending while the bank takes its time, too', async () => {
    const answer = await stripe.authorize(asking('pm_stub_processing'));
    expect(answer).toMatchObject({ outcome: 'PENDING' });
  });
});

describe('an amount', () => {
  it.each([
    ['JPY', 1234, 'AUTHORIZED'],
    ['KWD', 1230, 'AUTHORIZED'],
    ['KWD', 1234, 'DECLINED'],
    ['ISK', 100, 'DECLINED'],
  ])('in %s of %i minor units is %s', async (currency, amount, outcome) => {
    const answer = await stripe.authorize(asking('pm_card_visa', amount, currency));
    expect(answer.outcome).toBe(outcome);
  });
});

describe('part of an authorization', () => {
  it('is captured, and the rest kept for later, where the card does multicapture', async () => {
    const about = await held();
    expect(await capture(about, 200, false)).toEqual({ outcome: 'CAPTURED', amount: 200 });
    expect(await capture(about, 100, false)).toEqual({ outcome: 'CAPTURED', amount: 100 });
    expect(await capture(about, 150, true)).toEqual({ outcome: 'CAPTURED', amount: 150 });
    expect(stub.intentOf(about.authorization)).toMatchObject({
      status: 'succeeded',
      amount_received: 450,
    });
  });

  it('is refused where the rest would be lost', async () => {
    const about = await held('pm_card_jcb');
    expect(await capture(about, 200, false)).toEqual({
      outcome: 'FAILED',
      code: 'PARTIAL_CAPTURE_UNAVAILABLE',
    });
    expect(await capture(about, 500, false)).toEqual({ outcome: 'CAPTURED', amount: 500 });
  });

  it('is captured once though its answer was lost', async () => {
    const about = await held();
    const lost = { at: /capture$/, losesAnswer: true };
    stub.faults.push(lost, lost);
    const request = { ...about, key: newId(), amount: 200, final: false };
    await expect(stripe.capture(request)).rejects.toThrow(PaymentProviderTimeout);
    expect(await stripe.capture(request)).toEqual({ outcome: 'CAPTURED', amount: 200 });
    expect(stub.intentOf(about.authorization).amount_received).toBe(200);
  });
});

describe('what was captured in the dashboard', () => {
  it('is as good as captured by us when the amount is the same', async () => {
    const about = await held();
    stub.bank.capture(about.reference as string, {});
    expect(await capture(about, 500, true)).toEqual({ outcome: 'CAPTURED', amount: 500 });
  });

  it('is a failure when it is another', async () => {
    const about = await held();
    stub.bank.capture(about.reference as string, { amount_to_capture: '300' });
    expect(await capture(about, 500, true)).toEqual({
      outcome: 'FAILED',
      code: 'AUTHORIZATION_USED_UP',
    });
  });
});

describe('an error that says nothing about the payment', () => {
  const answered = (status: number, type: string) => ({
    at: /./,
    answer: { status, body: { error: { type, message: 'sk_test_secret', payment_intent: {} } } },
  });

  it.each([
    [500, 'api_error'],
    [429, 'rate_limit_error'],
    [401, 'invalid_request_error'],
    [403, 'invalid_request_error'],
  ])('is thrown, without what is confidential: HTTP %i', async (status, type) => {
    const about = await held();
    const asked = [
      () => stripe.authorize(asking()),
      () => capture(about, 500, true),
      () => stripe.void({ ...about, key: newId() }),
      () => stripe.refund({ ...about, key: newId(), amount: 1 }),
      () => stripe.lookUp(about.authorization, about.reference),
    ];
    for (const ask of asked) {
      stub.faults.push(answered(status, type));
      const error = await ask().then(String, (reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).message).toMatch(new RegExp(`^Stripe failed to .*HTTP ${status}`));
      expect(JSON.stringify([error, (error as Error).message])).not.toContain('sk_test_secret');
    }
  });

  it('is thrown for a key that was used for something else', async () => {
    const request = asking();
    await stripe.authorize(request);
    const other = { ...request, amount: 600 };
    await expect(stripe.authorize(other)).rejects.toThrow('idempotency_error');
  });

  it('is a timeout where nobody answers', async () => {
    const nowhere = openStripe({ secretKey: STUB_KEY, apiUrl: 'http://127.0.0.1:1' });
    await expect(nowhere.authorize(asking())).rejects.toThrow(PaymentProviderTimeout);
    await nowhere.close?.();
  });

  it('is thrown for a key that Stripe does not know', async () => {
    const stranger = openStripe({ secretKey: 'sk_test_wrong', apiUrl: stub.url });
    await expect(stranger.authorize(asking())).rejects.toThrow('HTTP 401');
    await stranger.close?.();
  });
});

it('refunds name our key, and refuse what was refunded in the dashboard', async () => {
  const about = await held();
  await capture(about, 500, true);
  const key = newId();
  await stripe.refund({ ...about, key, amount: 100 });
  expect(stub.bank.refundsOf(about.reference as string)).toMatchObject([
    { amount: 100, metadata: { waybill_refund: key } },
  ]);
  stub.bank.refund({ payment_intent: about.reference as string });
  expect(await stripe.refund({ ...about, key: newId(), amount: 100 })).toEqual({
    outcome: 'FAILED',
    code: 'EXCEEDS_CAPTURED',
  });
});
