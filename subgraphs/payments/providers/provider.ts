import type { IncomingHttpHeaders } from 'node:http';

/**
 * What this context needs of a payment provider; one adapter per provider implements it.
 *
 * Every request carries an idempotency key: asked again with the same key, the provider does nothing new and answers
 * what is true now. So a request whose answer was lost is simply repeated. Amounts are in minor units.
 * A method rejects with PaymentProviderTimeout when no answer came (the money may or may not have moved), and with
 * any other error when the provider is out of order.
 */
export interface PaymentProvider {
  /** Stored with each payment, e.g. `simulator`. */
  readonly name: string;
  authorize(request: AuthorizeRequest): Promise<Authorization>;
  /** Takes part of what is authorized, or all of it. Several captures, each with its own key, may follow each other. */
  capture(request: CaptureRequest): Promise<CaptureAnswer>;
  /**
   * Gives free what was not captured: from then on nothing can be. A pending authorization is cancelled: it never
   * settles.
   */
  void(request: FollowUp): Promise<Voiding>;
  refund(request: RefundRequest): Promise<Refunding>;
  /**
   * What became of the authorization that was asked for with `key`; changes nothing. `reference` is the provider's own
   * name of it, where that is known.
   */
  lookUp(key: string, reference?: string | null): Promise<Authorization | { outcome: 'NOT_FOUND' }>;
  /**
   * What the provider's script in the customer's browser needs to go on with a pending authorization, such as an
   * authentication by the bank; `reference` is the provider's name of it. Null where nothing is to be done.
   */
  clientSecret?(reference: string): Promise<string | null>;
  /** What it tells of its own accord; a provider without is asked from time to time. */
  readonly webhooks?: ProviderWebhooks;
  close?(): Promise<void>;
}

export interface ProviderWebhooks {
  /**
   * Reads the event out of a request; undefined where it is about no authorization. Throws ForgedWebhook unless the
   * provider sent it, and lately.
   */
  read(request: WebhookRequest): ProviderEvent | undefined;
  /** What is true of an authorization now, whoever did it; changes nothing. `reference` is the provider's name of it. */
  inspect(reference: string): Promise<Standing | undefined>;
}

export interface WebhookRequest {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Something happened to an authorization; what, is to be asked. */
export interface ProviderEvent {
  /** The provider's; the same however often it is sent. */
  id: string;
  kind: 'CHANGED' | 'DISPUTED' | 'REFUND_FAILED';
  /** The provider's name of the authorization. */
  reference: string;
}

/** All that a provider knows of one authorization. Amounts in minor units. */
export interface Standing {
  /** The key with which it was asked for; null where we did not. */
  key: string | null;
  authorization: Authorization;
  /** What can still be captured. */
  capturable: number;
  captured: number;
  /** What of it was captured under keys of ours. */
  capturedByUs: number;
  refunds: StandingRefund[];
  disputed: boolean;
}

export interface StandingRefund {
  /** The provider's name of it. */
  reference: string;
  /** The key with which we asked for it; null where somebody else did. */
  key: string | null;
  amount: number;
  state: 'REFUNDED' | 'FAILED';
  /** Why, as whoever did it put it. */
  reason: string | null;
}

export interface AuthorizeRequest {
  key: string;
  amount: number;
  currency: string;
  /** The provider's token of a card or an account. */
  method: string;
}

/** A request about an authorization that was asked for earlier. */
export interface FollowUp {
  key: string;
  /** The key with which the authorization was asked for. */
  authorization: string;
  /** The provider's own name of it; null where that answer was lost, so that only the key can find it. */
  reference: string | null;
}

export interface CaptureRequest extends FollowUp {
  /** At least 1, at most what is authorized and not captured yet. */
  amount: number;
  /** Nothing more will be captured: the provider gives the rest free. */
  final: boolean;
}

export interface RefundRequest extends FollowUp {
  amount: number;
}

export type Authorization =
  /** `endsAt`: until when it can be captured (ISO 8601); null where the provider does not say. */
  | { outcome: 'AUTHORIZED'; reference: string; amount: number; endsAt: string | null }
  /** The provider decides later; it suggests when to ask. */
  | { outcome: 'PENDING'; reference: string; checkAfterMs: number }
  /** Hard: asking again is of no use. Soft: another attempt (with another key) may succeed. */
  | { outcome: 'DECLINED'; code: string; hard: boolean };

export type CaptureAnswer =
  /** Taken under this key. */
  | { outcome: 'CAPTURED'; amount: number }
  /** For good: the money is not going to come. The authorization may still be open. */
  | { outcome: 'FAILED'; code: string };

export type Voiding =
  /** `captured`: all that was ever taken, under whatever key; it can be refunded. */
  | { outcome: 'VOIDED'; captured: number }
  /** The provider never saw the authorization, or has not seen it yet. */
  | { outcome: 'NOT_FOUND' };

export type Refunding =
  | { outcome: 'REFUNDED'; amount: number }
  /** For good, under this key. */
  | { outcome: 'FAILED'; code: string };

/** The request was not sent by the provider, or is a copy of an old one. */
export class ForgedWebhook extends Error {}

/** No answer came in time: whether the money moved is known only to the provider. */
export class PaymentProviderTimeout extends Error {
  constructor(readonly request: string) {
    super(`The payment provider did not answer: ${request}`);
    this.name = 'PaymentProviderTimeout';
  }
}
