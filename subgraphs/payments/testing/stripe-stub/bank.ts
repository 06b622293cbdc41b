import type Stripe from 'stripe';
import { cardError, invalid, missing, StubError } from './errors.js';
import type { Params } from './form.js';
import { charge, paymentIntent, refund, type StubCharge, seconds } from './shapes.js';
import { type TestMethod, testMethod } from './test-methods.js';

type Emit = (type: string, object: object) => void;

const SEVEN_DAYS = 7 * 86_400;

/** Three-decimal amounts end in 0: https://docs.stripe.com/currencies#three-decimal */
const THREE_DECIMAL = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];

/** What Stripe keeps and does: payment intents, their charges and refunds. Each change is told as an event. */
export class StubBank {
  readonly intents = new Map<string, Stripe.PaymentIntent>();
  readonly charges = new Map<string, StubCharge>();
  readonly refunds = new Map<string, Stripe.Refund>();

  constructor(private readonly emit: Emit) {}

  create(params: Params): Stripe.PaymentIntent {
    const amount = wholeNumber(params.amount, 'amount');
    const currency = String(params.currency);
    const method = String(params.payment_method);
    if (THREE_DECIMAL.includes(currency) && amount % 10 !== 0) {
      throw invalid('Invalid integer', { code: 'invalid_charge_amount', param: 'amount' });
    }
    const test = testMethod(method);
    if (!test) throw missing('PaymentMethod', method, 'payment_method');
    const metadata = (params.metadata ?? {}) as Record<string, string>;
    const intent = paymentIntent({ amount, currency, method, metadata });
    this.intents.set(intent.id, intent);
    this.emit('payment_intent.created', intent);
    const options = params.payment_method_options as Params | undefined;
    const card = options?.card as Params | undefined;
    this.confirm(intent, test, card?.request_multicapture === 'if_available');
    return intent;
  }

  private confirm(intent: Stripe.PaymentIntent, test: TestMethod, multicapture: boolean): void {
    const made = charge(intent, multicapture && !test.singleCapture);
    this.charges.set(made.id, made);
    intent.latest_charge = made.id;
    if (test.declines) throw this.decline(intent, test.declines);
    if (test.first === 'requires_action') {
      intent.status = 'requires_action';
      intent.next_action = { type: 'use_stripe_sdk' };
      this.emit('payment_intent.requires_action', intent);
    } else if (test.first === 'processing') {
      intent.status = 'processing';
      this.emit('payment_intent.processing', intent);
    } else this.authorize(intent);
  }

  authorize(intent: Stripe.PaymentIntent): void {
    intent.status = 'requires_capture';
    intent.next_action = null;
    intent.amount_capturable = intent.amount;
    this.chargeOf(intent).payment_method_details.card.capture_before = seconds() + SEVEN_DAYS;
    this.emit('payment_intent.amount_capturable_updated', intent);
  }

  decline(
    intent: Stripe.PaymentIntent,
    declines: { code: string; decline_code?: string; advice_code?: string },
  ): StubError {
    intent.status = 'requires_payment_method';
    intent.next_action = null;
    intent.payment_method = null;
    intent.last_payment_error = { type: 'card_error', message: 'Declined.', ...declines };
    this.emit('payment_intent.payment_failed', intent);
    return cardError({ ...declines, payment_intent: structuredClone(intent) });
  }

  intent(id: string): Stripe.PaymentIntent {
    const intent = this.intents.get(id);
    if (!intent) throw missing('payment_intent', id, 'intent');
    return intent;
  }

  search(query: string): Stripe.PaymentIntent[] {
    const [, name = '', value] = /^metadata\['(\w+)'\]:'([^']+)'$/.exec(query) ?? [];
    if (!name) throw invalid(`We were unable to parse your search query: ${query}`);
    return [...this.intents.values()].filter(({ metadata }) => metadata[name] === value);
  }

  capture(id: string, params: Params): Stripe.PaymentIntent {
    const intent = this.intent(id);
    if (intent.status !== 'requires_capture') throw unexpectedState(intent);
    const fails = testMethod(String(intent.payment_method))?.captureFails;
    if (fails) throw cardError({ code: fails });
    const keepsRest = params.final_capture === 'false';
    const made = this.chargeOf(intent);
    const amount = captureAmount(intent, params);
    if (keepsRest && made.payment_method_details.card.multicapture.status === 'unavailable') {
      throw invalid('Multicapture is not available.', { param: 'final_capture' });
    }
    intent.amount_received += amount;
    intent.metadata = { ...intent.metadata, ...(params.metadata as Record<string, string>) };
    made.amount_captured += amount;
    intent.amount_capturable = keepsRest ? intent.amount_capturable - amount : 0;
    if (keepsRest) {
      this.emit('charge.updated', made);
      this.emit('payment_intent.amount_capturable_updated', intent);
    } else {
      intent.status = 'succeeded';
      this.emit('charge.captured', made);
      this.emit('payment_intent.succeeded', intent);
    }
    return intent;
  }

  /** `automatic` is Stripe itself, when an authorization was not captured for days. */
  cancel(
    id: string,
    reason: Stripe.PaymentIntent.CancellationReason | null = null,
  ): Stripe.PaymentIntent {
    const intent = this.intent(id);
    const captured = intent.amount_received > 0;
    if (['succeeded', 'canceled', 'processing'].includes(intent.status) || captured) {
      throw unexpectedState(intent);
    }
    intent.status = 'canceled';
    intent.cancellation_reason = reason;
    intent.amount_capturable = 0;
    intent.next_action = null;
    this.emit('payment_intent.canceled', intent);
    return intent;
  }

  /** The authorization ends: what was not captured of it goes free. */
  expire(id: string): void {
    const intent = this.intent(id);
    if (intent.amount_received === 0) return void this.cancel(id, 'automatic');
    Object.assign(intent, { status: 'succeeded', amount_capturable: 0 });
    this.emit('payment_intent.succeeded', intent);
  }

  refund(params: Params): Stripe.Refund {
    const intent = this.intent(String(params.payment_intent));
    if (intent.amount_received === 0) throw unexpectedState(intent);
    const made = this.chargeOf(intent);
    const left = made.amount_captured - made.amount_refunded;
    if (left === 0) throw invalid('Already refunded.', { code: 'charge_already_refunded' });
    const amount = wholeNumber(params.amount ?? String(left), 'amount');
    if (amount > left) {
      throw invalid('Refund amount is greater than unrefunded amount.', { param: 'amount' });
    }
    const metadata = (params.metadata ?? {}) as Record<string, string>;
    const reason = (params.reason as Stripe.Refund.Reason | undefined) ?? null;
    const given = refund(made, { amount, metadata, reason });
    this.refunds.set(given.id, given);
    const fails = testMethod(String(intent.payment_method))?.refundFails;
    if (fails) Object.assign(given, { status: 'failed', failure_reason: fails });
    else made.amount_refunded += amount;
    this.emit('refund.created', given);
    this.emit(fails ? 'refund.failed' : 'charge.refunded', fails ? given : made);
    return given;
  }

  refundsOf(intent: string): Stripe.Refund[] {
    return [...this.refunds.values()].filter((each) => each.payment_intent === intent).toReversed();
  }

  /** The customer's bank sends a refund back, days after it was accepted. `key` is ours. */
  failRefund(key: string): void {
    const given = [...this.refunds.values()].find((each) => each.metadata?.waybill_refund === key);
    if (!given) throw new Error(`Nobody asked for ${key}`);
    Object.assign(given, { status: 'failed', failure_reason: 'lost_or_stolen_card' });
    this.emit('refund.failed', given);
  }

  dispute(id: string): void {
    const intent = this.intent(id);
    const made = this.chargeOf(intent);
    made.disputed = true;
    this.emit('charge.dispute.created', {
      id: `dp_${made.id.slice(3)}`,
      object: 'dispute',
      amount: made.amount_captured,
      charge: made.id,
      currency: made.currency,
      payment_intent: intent.id,
      reason: 'fraudulent',
      status: 'needs_response',
    });
  }

  /** The intent as it is answered, with its charge in it where that was asked for. */
  shown(intent: Stripe.PaymentIntent, expand: Params | undefined): Stripe.PaymentIntent {
    if (!Object.values(expand ?? {}).includes('latest_charge')) return intent;
    return { ...intent, latest_charge: this.chargeOf(intent) as unknown as Stripe.Charge };
  }

  private chargeOf({ latest_charge: id }: Stripe.PaymentIntent): StubCharge {
    return this.charges.get(String(id)) as StubCharge;
  }
}

/** How much a capture takes. Only the last may take nothing, and releases the rest, or all that is left. */
function captureAmount(intent: Stripe.PaymentIntent, params: Params): number {
  const left = intent.amount_capturable;
  const { amount_to_capture: asked = String(left), final_capture: final } = params;
  const param = 'amount_to_capture';
  if (asked === '0' && final === 'true' && intent.amount_received > 0) return 0;
  const amount = wholeNumber(asked, param);
  if (amount > left) throw invalid('More than is left.', { code: 'amount_too_large', param });
  if (amount === left && final === 'false') {
    throw invalid('You cannot set final_capture to false for all that is left.', { param });
  }
  return amount;
}

function unexpectedState(intent: Stripe.PaymentIntent): StubError {
  return new StubError(
    400,
    {
      type: 'invalid_request_error',
      code: 'payment_intent_unexpected_state',
      message: `This PaymentIntent has the status ${intent.status}.`,
      payment_intent: structuredClone(intent),
    },
    true,
  );
}

function wholeNumber(value: string | Params | undefined, param: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1) return number;
  throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param });
}
