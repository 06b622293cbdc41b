import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import Stripe from 'stripe';
import { PROVIDER_DEADLINE_MS } from '../deadline.js';
import type {
  Authorization,
  AuthorizeRequest,
  CaptureAnswer,
  CaptureRequest,
  FollowUp,
  PaymentProvider,
  Refunding,
  RefundRequest,
  Voiding,
} from '../provider.js';
import { amountRefusal } from './currencies.js';
import { intentInTheWay, isMissing, isRefusal, isUsedKey, outOfOrder } from './failures.js';
import { authorizationOf, captureNote, PAYMENT_KEY, REFUND_KEY, WITH_CHARGE } from './intents.js';
import { authorizationRefused, captureRefused, refundRefused, voidRefused } from './refusals.js';
import { stripeWebhooks } from './webhooks.js';

export interface StripeOptions {
  /** A secret or restricted key, `sk_…` or `rk_…`. */
  secretKey: string;
  /** With which the webhook endpoint's events are signed, `whsec_…`; without it none are taken. */
  webhookSecret?: string | undefined;
  /** Where Stripe's API answers; another address in tests. */
  apiUrl?: string;
}

const STRIPE_API_URL = 'https://api.stripe.com';

/** Sets free what is left of an authorization of which a part was captured: then it cannot be cancelled any more. */
const RELEASE = { amount_to_capture: 0, final_capture: true };

/**
 * Stripe by its Payment Intents API: https://docs.stripe.com/payments/place-a-hold-on-a-payment-method. One intent is
 * one authorization; our key goes with it as Idempotency-Key and as metadata, so that it is found by either.
 */
export function openStripe(options: StripeOptions): PaymentProvider {
  const { secretKey, webhookSecret, apiUrl = STRIPE_API_URL } = options;
  const { protocol, hostname, port } = new URL(apiUrl);
  const secure = protocol === 'https:';
  const httpAgent = secure
    ? new HttpsAgent({ keepAlive: true })
    : new HttpAgent({ keepAlive: true });
  const api = new Stripe(secretKey, {
    host: hostname,
    port: port || (secure ? 443 : 80),
    protocol: secure ? 'https' : 'http',
    httpAgent,
    // Whoever asks repeats what failed, with growing pauses: the same request, under the same key. The library does so
    // at once, and once, where a connection was closed.
    maxNetworkRetries: 0,
    timeout: PROVIDER_DEADLINE_MS,
    telemetry: false,
  });
  const webhooks = webhookSecret ? stripeWebhooks(api, webhookSecret) : undefined;
  return Object.assign(new StripeProvider(api, httpAgent), webhooks && { webhooks });
}

class StripeProvider implements PaymentProvider {
  readonly name = 'stripe';

  constructor(
    private readonly api: Stripe,
    private readonly agent: HttpAgent,
  ) {}

  async authorize(request: AuthorizeRequest): Promise<Authorization> {
    const refusal = amountRefusal(request.amount, request.currency);
    if (refusal) return { outcome: 'DECLINED', code: refusal, hard: true };
    try {
      const intent = await this.create(request);
      // Asked again with the same key, Stripe repeats its first answer, whatever happened since:
      // https://docs.stripe.com/api/idempotent_requests
      const repeated = intent.lastResponse.headers['idempotent-replayed'] === 'true';
      return await this.answer(
        repeated ? await this.api.paymentIntents.retrieve(intent.id, WITH_CHARGE) : intent,
      );
    } catch (error) {
      const declined = authorizationRefused(error);
      if (isRefusal(error) && error.payment_intent) await this.giveUp(error.payment_intent.id);
      return declined;
    }
  }

  async capture(request: CaptureRequest): Promise<CaptureAnswer> {
    try {
      const id = await this.idOf(request);
      if (!id) return { outcome: 'FAILED', code: 'NOT_FOUND' };
      const isLast = request.final || (await this.isLast(id, request.amount));
      if (isLast === undefined) return { outcome: 'FAILED', code: 'PARTIAL_CAPTURE_UNAVAILABLE' };
      await this.captureAs(isLast, id, request).catch((error) => {
        // Asked before, when more or less was left: then it was the other way round.
        if (request.final || !isUsedKey(error)) throw error;
        return this.captureAs(!isLast, id, request);
      });
      return { outcome: 'CAPTURED', amount: request.amount };
    } catch (error) {
      return captureRefused(error, request);
    }
  }

  async void(request: FollowUp): Promise<Voiding> {
    try {
      const id = await this.idOf(request);
      if (!id) return { outcome: 'NOT_FOUND' };
      // Without a key: to cancel twice does no harm, and a refusal must not be repeated when it holds no longer.
      await this.api.paymentIntents.cancel(id).catch((error) => {
        const partlyCaptured = intentInTheWay(error)?.status === 'requires_capture';
        if (!partlyCaptured) throw error;
        return this.api.paymentIntents.capture(id, RELEASE);
      });
      const { amount_received: captured } = await this.api.paymentIntents.retrieve(id);
      return { outcome: 'VOIDED', captured };
    } catch (error) {
      return voidRefused(error);
    }
  }

  async refund(request: RefundRequest): Promise<Refunding> {
    const { key, amount } = request;
    try {
      const id = await this.idOf(request);
      if (!id) return { outcome: 'FAILED', code: 'NOT_FOUND' };
      const refund = await this.api.refunds.create(
        { payment_intent: id, amount, metadata: { [REFUND_KEY]: key } },
        { idempotencyKey: key },
      );
      if (refund.status !== 'failed' && refund.status !== 'canceled') {
        return { outcome: 'REFUNDED', amount };
      }
      return { outcome: 'FAILED', code: (refund.failure_reason ?? 'refund_failed').toUpperCase() };
    } catch (error) {
      return refundRefused(error);
    }
  }

  async lookUp(
    key: string,
    reference: string | null = null,
  ): Promise<Authorization | { outcome: 'NOT_FOUND' }> {
    try {
      const id = await this.idOf({ authorization: key, reference });
      if (!id) return { outcome: 'NOT_FOUND' };
      return await this.answer(await this.api.paymentIntents.retrieve(id, WITH_CHARGE));
    } catch (error) {
      if (isMissing(error)) return { outcome: 'NOT_FOUND' };
      throw outOfOrder('look up', error);
    }
  }

  async clientSecret(reference: string): Promise<string | null> {
    try {
      const intent = await this.api.paymentIntents.retrieve(reference);
      return intent.status === 'requires_action' ? intent.client_secret : null;
    } catch (error) {
      throw outOfOrder('look up', error);
    }
  }

  async close(): Promise<void> {
    this.agent.destroy();
  }

  private create({ key, amount, currency, method }: AuthorizeRequest) {
    return this.api.paymentIntents.create(
      {
        amount,
        currency: currency.toLowerCase(),
        payment_method: method,
        allowed_payment_method_types: ['card'],
        capture_method: 'manual',
        confirm: true,
        // Where the bank wants the customer to authenticate, Stripe.js does it in the shop: no page to return from.
        use_stripe_sdk: true,
        payment_method_options: { card: { request_multicapture: 'if_available' } },
        metadata: { [PAYMENT_KEY]: key },
        ...WITH_CHARGE,
      },
      { idempotencyKey: key },
    );
  }

  private async answer(intent: Stripe.PaymentIntent): Promise<Authorization> {
    if (intent.status === 'requires_payment_method') await this.giveUp(intent.id);
    return authorizationOf(intent);
  }

  /**
   * A declined intent could still be confirmed with another card by whoever has its client secret; cancelled, it stays
   * declined. Where that fails, a webhook tells of what is authorized later, and it is given back then.
   */
  private async giveUp(id: string): Promise<void> {
    await this.api.paymentIntents.cancel(id).catch(() => undefined);
  }

  /**
   * The intent's id at Stripe: what we were told, else what search finds, which knows new intents after a minute:
   * https://docs.stripe.com/search#data-freshness
   */
  private async idOf(request: Omit<FollowUp, 'key'>): Promise<string | undefined> {
    if (request.reference) return request.reference;
    const query = `metadata['${PAYMENT_KEY}']:'${request.authorization}'`;
    const found = await this.api.paymentIntents.search({ query, limit: 1 });
    return found.data[0]?.id;
  }

  private captureAs(last: boolean, id: string, { key, amount }: CaptureRequest) {
    const rest = last ? {} : { final_capture: false };
    const params = { amount_to_capture: amount, ...rest, metadata: captureNote(key, amount) };
    return this.api.paymentIntents.capture(id, params, { idempotencyKey: key });
  }

  /**
   * Whether a capture that need not be the last has to be: Stripe wants to be told when nothing is left, and keeps the
   * rest only where multicapture is available for the card. Undefined where the rest would be lost:
   * https://docs.stripe.com/payments/multicapture
   */
  private async isLast(id: string, amount: number): Promise<boolean | undefined> {
    const intent = await this.api.paymentIntents.retrieve(id, WITH_CHARGE);
    const charge = intent.latest_charge as Stripe.Charge | null;
    const multicapture = charge?.payment_method_details?.card?.multicapture?.status;
    if (multicapture === 'available') return amount === intent.amount_capturable;
    return amount === intent.amount ? true : undefined;
  }
}
