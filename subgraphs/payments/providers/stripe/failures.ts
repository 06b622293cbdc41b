import Stripe from 'stripe';
import { PaymentProviderTimeout } from '../provider.js';

/**
 * What is thrown for an error that says nothing about the payment: Stripe is away, too busy, or refuses our key. Only
 * its kind and the request's number at Stripe are kept: the error itself has the payment intent in it, with its client
 * secret. https://docs.stripe.com/error-handling
 */
export function outOfOrder(request: string, error: unknown): Error {
  if (error instanceof Stripe.errors.StripeConnectionError) {
    return new PaymentProviderTimeout(request);
  }
  if (!(error instanceof Stripe.errors.StripeError)) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const { rawType, type, code, statusCode, requestId } = error;
  const kind = [rawType ?? type, code].filter(Boolean).join(' ');
  return new Error(`Stripe failed to ${request}: ${kind}, HTTP ${statusCode} (${requestId})`);
}

/** Stripe understood the request and refuses it, as it will the next time. */
export function isRefusal(error: unknown): error is Stripe.errors.StripeError {
  return (
    error instanceof Stripe.errors.StripeCardError ||
    error instanceof Stripe.errors.StripeInvalidRequestError
  );
}

/** The intent is not in a state in which this could be done; it is in the error. */
export function intentInTheWay(error: unknown): Stripe.PaymentIntent | undefined {
  const { code, payment_intent: intent } = (error ?? {}) as Partial<Stripe.errors.StripeError>;
  return code === 'payment_intent_unexpected_state' ? intent : undefined;
}

export function isMissing(error: unknown, param?: string): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    error.code === 'resource_missing' &&
    (param === undefined || error.param === param)
  );
}

/** The idempotency key was used before, with other parameters. */
export function isUsedKey(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeIdempotencyError;
}
