import { registerEnumType } from 'type-graphql';
import type { CaptureState } from '../capture.js';
import type { LedgerAccount as Account } from '../ledger.js';
import type { PaymentState as State } from '../payment.js';
import type { RefundState } from '../refund.js';

const PAYMENT_STATES: Record<State, string> = {
  REQUESTED: 'The provider is asked; its answer is not known yet.',
  PENDING: 'The provider decides later.',
  AUTHORIZED: "The customer's money is held.",
  PARTIALLY_CAPTURED: 'Part of the money was taken; the rest is held.',
  CAPTURED: 'The money was taken; nothing is held any more.',
  PARTIALLY_REFUNDED: 'Part of the captured money went back.',
  REFUNDED: 'All of the captured money went back.',
  VOIDED: 'Given up before any money was taken; nothing is held.',
  DECLINED: 'The provider declined; nothing is held.',
  FAILED: 'The provider refused the capture; what it held is given free.',
};

const CAPTURE_STATES: Record<CaptureState, string> = {
  PENDING: 'The provider is asked; its answer is not known yet.',
  CAPTURED: 'The money was taken.',
  FAILED: 'The provider refused.',
};

const LEDGER_ACCOUNTS: Record<Account, string> = {
  PROVIDER_RECEIVABLE: 'What the payment provider owes us.',
  CUSTOMER_PAYMENTS: 'What customers paid for orders.',
  REFUNDS: 'What went back to customers.',
};

const REFUND_STATES: Record<RefundState, string> = {
  PENDING: 'The provider is asked; its answer is not known yet.',
  REFUNDED: 'The money went back.',
  FAILED: 'The provider, or our rules, refused.',
};

export const PaymentState = enumOf('PaymentState', 'How far a payment came.', PAYMENT_STATES);

export const PaymentCaptureState = enumOf(
  'PaymentCaptureState',
  'How far a capture came.',
  CAPTURE_STATES,
);

export const LedgerAccount = enumOf('LedgerAccount', 'An account of the books.', LEDGER_ACCOUNTS);

export const PaymentRefundState = enumOf(
  'PaymentRefundState',
  'How far a refund came.',
  REFUND_STATES,
);

function enumOf<Name extends string>(
  name: string,
  description: string,
  states: Record<Name, string>,
): Record<Name, Name> {
  const entries = Object.entries(states) as Array<[Name, string]>;
  const values = Object.fromEntries(entries.map(([state]) => [state, state]));
  const valuesConfig = Object.fromEntries(
    entries.map(([state, about]) => [state, { description: about }]),
  );
  registerEnumType(values, { name, description, valuesConfig });
  return values as Record<Name, Name>;
}
