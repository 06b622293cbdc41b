import Stripe from 'stripe';
import {
  ForgedWebhook,
  type ProviderEvent,
  type ProviderWebhooks,
  type Standing,
  type StandingRefund,
  type WebhookRequest,
} from '../provider.js';
import { isMissing, outOfOrder } from './failures.js';
import { authorizationOf, capturedByUs, PAYMENT_KEY, REFUND_KEY, WITH_CHARGE } from './intents.js';

/** Seconds for which a signature holds: longer, and whoever overheard a request could repeat it. */
const TOLERANCE_SECONDS = 300;

/** Events that say more than that something has changed: https://docs.stripe.com/api/events/types */
const KINDS: Record<string, ProviderEvent['kind']> = {
  'charge.dispute.created': 'DISPUTED',
  'refund.failed': 'REFUND_FAILED',
};

/** Stripe's webhooks, signed with the endpoint's secret: https://docs.stripe.com/webhooks#verify-events */
export function stripeWebhooks(api: Stripe, secret: string): ProviderWebhooks {
  return {
    read: (request) => eventOf(verified(api, secret, request)),
    inspect: async (reference) => {
      try {
        return await inspect(api, reference);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw outOfOrder('inspect', error);
      }
    },
  };
}

function verified(api: Stripe, secret: string, { headers, body }: WebhookRequest): Stripe.Event {
  try {
    const signature = String(headers['stripe-signature'] ?? '');
    return api.webhooks.constructEvent(body, signature, secret, TOLERANCE_SECONDS);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) {
      throw new ForgedWebhook(error.message);
    }
    throw error;
  }
}

/** What of an event's object we look at, whatever it is and in whatever version of the API it comes. */
interface Subject {
  object: string;
  id: string;
  payment_intent?: string | { id: string } | null;
}

function eventOf({ id, type, data }: Stripe.Event): ProviderEvent | undefined {
  const subject = data.object as Subject;
  const intent = subject.object === 'payment_intent' ? subject.id : subject.payment_intent;
  const reference = typeof intent === 'object' ? intent?.id : intent;
  if (!reference) return undefined;
  return { id, kind: KINDS[type] ?? 'CHANGED', reference };
}

async function inspect(api: Stripe, reference: string): Promise<Standing> {
  const intent = await api.paymentIntents.retrieve(reference, WITH_CHARGE);
  const charge = intent.latest_charge as Stripe.Charge | null;
  const isCaptured = intent.amount_received > 0;
  return {
    key: intent.metadata[PAYMENT_KEY] ?? null,
    authorization: authorizationOf(intent),
    capturable: intent.amount_capturable,
    captured: intent.amount_received,
    capturedByUs: capturedByUs(intent),
    refunds: isCaptured ? await refundsOf(api, reference) : [],
    disputed: charge?.disputed ?? false,
  };
}

async function refundsOf(api: Stripe, reference: string): Promise<StandingRefund[]> {
  const refunds: StandingRefund[] = [];
  for await (const refund of api.refunds.list({ payment_intent: reference, limit: 100 })) {
    const failed = refund.status === 'failed' || refund.status === 'canceled';
    refunds.push({
      reference: refund.id,
      key: refund.metadata?.[REFUND_KEY] ?? null,
      amount: refund.amount,
      state: failed ? 'FAILED' : 'REFUNDED',
      reason: refund.reason,
    });
  }
  return refunds;
}
