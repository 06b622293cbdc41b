import type Stripe from 'stripe';
import type {
  Authorization,
  CaptureAnswer,
  CaptureRequest,
  Refunding,
  Voiding,
} from '../provider.js';
import { declined } from './declines.js';
import { intentInTheWay, isMissing, isRefusal, outOfOrder } from './failures.js';
import { endCode } from './intents.js';

/** What an error says to whoever asked for an authorization; throws where it says nothing about the payment. */
export function authorizationRefused(error: unknown): Authorization & { outcome: 'DECLINED' } {
  if (isMissing(error, 'payment_method')) {
    return { outcome: 'DECLINED', code: 'UNKNOWN_PAYMENT_METHOD', hard: true };
  }
  if (!isRefusal(error)) throw outOfOrder('authorize', error);
  if (error.type === 'StripeCardError') return declined(error);
  // Too small an amount, a currency the account cannot take, a payment method that was used up.
  if (error.code === undefined && error.param === undefined) throw outOfOrder('authorize', error);
  const isMethod = error.param === 'payment_method';
  return { outcome: 'DECLINED', code: codeOf(error, 'PAYMENT_REFUSED'), hard: !isMethod };
}

/** What an error says to whoever asked for a capture; throws where it says nothing about the payment. */
export function captureRefused(error: unknown, { amount, final }: CaptureRequest): CaptureAnswer {
  const intent = intentInTheWay(error);
  if (intent) {
    // Taken by hand in the dashboard, or by us so long ago that Stripe has forgotten the key.
    const taken = intent.status === 'succeeded' && final && intent.amount_received === amount;
    if (taken) return { outcome: 'CAPTURED', amount };
    return { outcome: 'FAILED', code: stateCode(intent) };
  }
  if (isMissing(error)) return { outcome: 'FAILED', code: 'NOT_FOUND' };
  if (!isRefusal(error)) throw outOfOrder('capture', error);
  const code = error.code === 'amount_too_large' ? 'EXCEEDS_AUTHORIZED' : undefined;
  return { outcome: 'FAILED', code: code ?? codeOf(error, 'CAPTURE_REFUSED') };
}

function stateCode(intent: Stripe.PaymentIntent): string {
  if (intent.status === 'canceled') return endCode(intent);
  return intent.status === 'succeeded' ? 'AUTHORIZATION_USED_UP' : 'NOT_AUTHORIZED';
}

/** What an error says to whoever asked for a void. */
export function voidRefused(error: unknown): Voiding {
  const intent = intentInTheWay(error);
  if (intent?.status === 'succeeded' || intent?.status === 'canceled') {
    return { outcome: 'VOIDED', captured: intent.amount_received };
  }
  if (isMissing(error)) return { outcome: 'NOT_FOUND' };
  throw outOfOrder('void', error);
}

/** What an error says to whoever asked for a refund; throws where it says nothing about the payment. */
export function refundRefused(error: unknown): Refunding {
  if (isMissing(error)) return { outcome: 'FAILED', code: 'NOT_FOUND' };
  if (!isRefusal(error)) throw outOfOrder('refund', error);
  if (error.code === 'charge_already_refunded' || error.param === 'amount') {
    return { outcome: 'FAILED', code: 'EXCEEDS_CAPTURED' };
  }
  if (intentInTheWay(error)) return { outcome: 'FAILED', code: 'NOT_CAPTURED' };
  return { outcome: 'FAILED', code: codeOf(error, 'REFUND_REFUSED') };
}

function codeOf({ decline_code, code }: Stripe.errors.StripeError, otherwise: string): string {
  // The library's card errors have an empty decline code where Stripe gave none.
  return (decline_code || code || otherwise).toUpperCase();
}
