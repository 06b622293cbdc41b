import type Stripe from 'stripe';

let numbers = 0;

/** An id as Stripe makes them: `pi_…`, `ch_…`. */
export function stubId(prefix: string): string {
  numbers += 1;
  return `${prefix}_stub${Date.now().toString(36)}${String(numbers).padStart(6, '0')}`;
}

export const seconds = () => Math.floor(Date.now() / 1000);

export interface IntentRequest {
  amount: number;
  currency: string;
  method: string;
  metadata: Record<string, string>;
}

/** A payment intent with every field that Stripe answers. */
export function paymentIntent(request: IntentRequest): Stripe.PaymentIntent {
  const id = stubId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: ['card'],
    amount: request.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'manual',
    client_secret: `${id}_secret_${stubId('s')}`,
    confirmation_method: 'automatic',
    created: seconds(),
    currency: request.currency,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: request.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: request.method,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_confirmation',
    transfer_group: null,
  };
}

/** What of a charge anybody reads; the whole has a hundred fields. */
export interface StubCharge {
  id: string;
  object: 'charge';
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  currency: string;
  disputed: boolean;
  payment_intent: string;
  payment_method_details: {
    type: 'card';
    card: { multicapture: { status: 'available' | 'unavailable' }; capture_before?: number };
  };
}

export function charge(intent: Stripe.PaymentIntent, multicapture: boolean): StubCharge {
  const status = multicapture ? 'available' : 'unavailable';
  return {
    id: stubId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    currency: intent.currency,
    disputed: false,
    payment_intent: intent.id,
    payment_method_details: { type: 'card', card: { multicapture: { status } } },
  };
}

export interface RefundRequest {
  amount: number;
  metadata?: Record<string, string>;
  reason?: Stripe.Refund.Reason | null;
}

export function refund(of: StubCharge, { amount, metadata, reason }: RefundRequest): Stripe.Refund {
  return {
    id: stubId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: of.id,
    created: seconds(),
    currency: of.currency,
    customer: null,
    customer_account: null,
    metadata: metadata ?? {},
    payment_intent: of.payment_intent,
    payment_method: null,
    reason: reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}

/** An event as a webhook carries it: https://docs.stripe.com/api/events/object */
export interface StubEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: object };
  livemode: false;
  pending_webhooks: number;
  request: { id: null; idempotency_key: null };
  type: string;
}

export function stripeEvent(type: string, object: object, apiVersion: string): StubEvent {
  return {
    id: stubId('evt'),
    object: 'event',
    api_version: apiVersion,
    created: seconds(),
    data: { object: structuredClone(object) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
}
