import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import type { Authorization } from '../provider.js';
import { declined } from './declines.js';

/** Under this name an intent carries the key with which it was asked for. */
export const PAYMENT_KEY = 'waybill_payment';

/** Under this name a refund carries the key with which it was asked for; one made in the dashboard has none. */
export const REFUND_KEY = 'waybill_refund';

/** Captures have no metadata of their own, so each leaves a note on its intent: what we took, and nobody else. */
const CAPTURE_NOTE = 'waybill_capture_';

/** The note of one capture; Stripe's names have 40 characters at most. */
export function captureNote(key: string, amount: number): Record<string, string> {
  const name = createHash('sha256').update(key).digest('base64url').slice(0, 20);
  return { [CAPTURE_NOTE + name]: String(amount) };
}

export function capturedByUs({ metadata }: Stripe.PaymentIntent): number {
  return Object.entries(metadata)
    .filter(([name]) => name.startsWith(CAPTURE_NOTE))
    .reduce((all, [, amount]) => all + Number(amount), 0);
}

/** Milliseconds after which a pending payment is looked up; a webhook mostly tells earlier. */
const CHECK_AFTER_MS = 30_000;

/** With its charge an intent tells when the authorization ends. */
export const WITH_CHARGE = { expand: ['latest_charge'] };

/** An intent as our rules see it, with its charge: https://docs.stripe.com/payments/paymentintents/lifecycle */
export function authorizationOf(intent: Stripe.PaymentIntent): Authorization {
  const { id: reference, amount } = intent;
  switch (intent.status) {
    case 'requires_capture':
    case 'succeeded':
      return { outcome: 'AUTHORIZED', reference, amount, endsAt: endOf(intent) };
    case 'requires_payment_method':
    case 'canceled':
      return ended(intent);
    default:
      return { outcome: 'PENDING', reference, checkAfterMs: CHECK_AFTER_MS };
  }
}

/** https://docs.stripe.com/payments/place-a-hold-on-a-payment-method#authorization-validity-windows */
function endOf({ latest_charge: charge }: Stripe.PaymentIntent): string | null {
  if (typeof charge === 'string') return null;
  const seconds = charge?.payment_method_details?.card?.capture_before;
  return seconds ? new Date(seconds * 1000).toISOString() : null;
}

/** Nothing is held: declined, or given up by us, by somebody in the dashboard, or by Stripe after some days. */
function ended(intent: Stripe.PaymentIntent): Authorization & { outcome: 'DECLINED' } {
  if (intent.last_payment_error) return declined(intent.last_payment_error);
  return { outcome: 'DECLINED', code: endCode(intent), hard: true };
}

export function endCode({ cancellation_reason: reason }: Stripe.PaymentIntent): string {
  return reason === 'automatic' ? 'AUTHORIZATION_EXPIRED' : 'AUTHORIZATION_VOIDED';
}
