import type { Authorization } from '../provider.js';

/** What Stripe says of a card that was declined, in an error or as a payment intent's `last_payment_error`. */
export interface StripeDecline {
  code?: string | undefined;
  decline_code?: string | undefined;
  advice_code?: string | undefined;
}

/**
 * Stripe's decline codes, https://docs.stripe.com/declines/codes. `hard` says that the card will not be approved, now
 * or later, or that the bank suspects fraud: the order ends. After any other the customer may try again or with
 * another card, while the units are held.
 */
export const DECLINES: Readonly<Record<string, { hard: boolean; about: string }>> = {
  approve_with_id: soft('The bank wants the payment to be tried again.'),
  authentication_not_handled: soft('The customer did not authenticate.'),
  authentication_required: soft('The bank wants the customer to authenticate.'),
  call_issuer: soft('The customer has to call the bank.'),
  card_not_supported: soft('The card does not do this kind of purchase.'),
  card_velocity_exceeded: soft("The card's limit is reached."),
  currency_not_supported: soft('The card does not do this currency.'),
  do_not_honor: soft('The bank does not say why.'),
  do_not_try_again: hard('The bank wants no other attempt.'),
  duplicate_transaction: soft('The same amount was charged to this card just now.'),
  expired_card: soft('The card has expired.'),
  fraudulent: hard('Stripe or the bank suspects fraud.'),
  generic_decline: soft('The bank does not say why.'),
  highest_risk_level: hard('Stripe blocked it as too risky.'),
  incorrect_address: soft('The address is wrong.'),
  incorrect_cvc: soft('The security code is wrong.'),
  incorrect_number: soft('The card number is wrong.'),
  incorrect_pin: soft('The PIN is wrong.'),
  incorrect_postal_code: soft('The postal code is wrong.'),
  incorrect_zip: soft('The postal code is wrong.'),
  insufficient_funds: soft('The account does not have the money.'),
  invalid_account: hard('The account does not exist.'),
  invalid_amount: soft('The amount is more than the card allows.'),
  invalid_cvc: soft('The security code is wrong.'),
  invalid_expiry_month: soft('The month of expiry is wrong.'),
  invalid_expiry_year: soft('The year of expiry is wrong.'),
  invalid_number: soft('The card number is wrong.'),
  invalid_pin: soft('The PIN is wrong.'),
  issuer_not_available: soft('The bank cannot be reached.'),
  lost_card: hard('The card was reported lost.'),
  merchant_blacklist: hard("The card is on the shop's own list of blocked cards."),
  mobile_device_authentication_required: soft('The customer has to authenticate on a phone.'),
  new_account_information_available: soft('The card was replaced.'),
  no_action_taken: soft('The bank does not say why.'),
  not_permitted: soft('The card does not permit it.'),
  offline_pin_required: soft('The card wants a PIN.'),
  online_or_offline_pin_required: soft('The card wants a PIN.'),
  pickup_card: hard('The card was reported lost or stolen.'),
  pin_try_exceeded: soft('The PIN was wrong too often.'),
  processing_error: soft('The bank failed to process it.'),
  reenter_transaction: soft('The bank failed to process it.'),
  restricted_card: hard('The card was reported lost or stolen.'),
  revocation_of_all_authorizations: hard('The customer forbade all payments to the shop.'),
  revocation_of_authorization: hard('The customer forbade this payment.'),
  security_violation: hard('The bank suspects abuse.'),
  service_not_allowed: soft('The bank does not say why.'),
  stolen_card: hard('The card was reported stolen.'),
  stop_payment_order: hard('The customer stopped the payment.'),
  testmode_decline: hard('A test card was used with a live key.'),
  transaction_not_allowed: soft('The bank does not allow it.'),
  try_again_later: soft('The bank wants it to be tried later.'),
  withdrawal_count_limit_exceeded: soft("The card's limit is reached."),
};

/**
 * A decline as our rules see it. The bank's advice, where it gave one, says more than the code:
 * https://docs.stripe.com/declines/card#retrying-issuer-declines. Codes that come to be later are soft.
 */
export function declined(decline: StripeDecline): Authorization & { outcome: 'DECLINED' } {
  const code = decline.decline_code || decline.code || 'card_declined';
  const byCode = Object.hasOwn(DECLINES, code) && DECLINES[code]?.hard === true;
  const hard = decline.advice_code ? decline.advice_code === 'do_not_try_again' : byCode;
  return { outcome: 'DECLINED', code: code.toUpperCase(), hard };
}

function hard(about: string) {
  return { hard: true, about };
}

function soft(about: string) {
  return { hard: false, about };
}
