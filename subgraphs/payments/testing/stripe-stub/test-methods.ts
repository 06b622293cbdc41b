/** What happens to an intent that is confirmed with a payment method. */
export interface TestMethod {
  /** Declined with this code and decline code. */
  declines?: { code: string; decline_code?: string };
  /** The bank wants the customer to authenticate, or takes its time. */
  first?: 'requires_action' | 'processing';
  /** The card does not do multicapture. */
  singleCapture?: boolean;
  captureFails?: string;
  /** The refund is answered as failed. */
  refundFails?: string;
}

const byIssuer = (decline_code: string): TestMethod => ({
  declines: { code: 'card_declined', decline_code },
});

/** Stripe's own test methods, https://docs.stripe.com/testing, and after them a few that only the stub has. */
const METHODS: Readonly<Record<string, TestMethod>> = {
  pm_card_visa: {},
  pm_card_mastercard: {},
  pm_card_jcb: { singleCapture: true },
  pm_card_authenticationRequired: { first: 'requires_action' },
  pm_card_chargeDeclined: byIssuer('generic_decline'),
  pm_card_chargeDeclinedInsufficientFunds: byIssuer('insufficient_funds'),
  pm_card_chargeDeclinedLostCard: byIssuer('lost_card'),
  pm_card_chargeDeclinedStolenCard: byIssuer('stolen_card'),
  pm_card_chargeDeclinedFraudulent: byIssuer('fraudulent'),
  pm_card_chargeDeclinedExpiredCard: { declines: { code: 'expired_card' } },
  pm_card_chargeDeclinedIncorrectCvc: { declines: { code: 'incorrect_cvc' } },
  pm_card_chargeDeclinedProcessingError: { declines: { code: 'processing_error' } },
  pm_stub_processing: { first: 'processing' },
  pm_stub_captureFails: { captureFails: 'charge_expired_for_capture' },
  pm_stub_refundFails: { refundFails: 'expired_or_canceled_card' },
};

/** The method of this name; `pm_decline_<code>` is declined with any decline code. */
export function testMethod(token: string): TestMethod | undefined {
  if (token.startsWith('pm_decline_')) return byIssuer(token.slice('pm_decline_'.length));
  return Object.hasOwn(METHODS, token) ? METHODS[token] : undefined;
}
