import { type Capture, isFound, type WithCaptures } from '../capture.js';
import { afterAuthorization, awaitsAuthorization, closed, type Payment } from '../payment.js';
import type { PaymentChange } from '../payment-store.js';
import type { ProviderEvent, Standing, StandingRefund } from '../providers/provider.js';
import type { Refund } from '../refund.js';

/** What the provider knows of a payment and our books do not: how to bring them up to date, and whom to tell. */
export interface Findings {
  change?: PaymentChange;
  /** A pending payment was decided. */
  settled: boolean;
  /** Made by somebody else; to be entered unless they are already. */
  refunds: StandingRefund[];
  /** The provider has given up what was authorized. */
  ended: boolean;
  /** What staff should know, in a sentence each. */
  warnings: string[];
  /** The provider holds or keeps money for an order that has ended. */
  giveBack: boolean;
  /** The provider holds money for a payment that counts as declined. */
  release: boolean;
  /** It may be our own doing, of which the answer is still on its way. */
  lookAgain: boolean;
}

export interface Books {
  payment: WithCaptures;
  refunds: Refund[];
}

const NONE: Findings = {
  settled: false,
  ended: false,
  refunds: [],
  warnings: [],
  giveBack: false,
  release: false,
  lookAgain: false,
};

export const CAPTURED_ELSEWHERE = 'Money was captured at the payment provider, and not by us.';
export const DISPUTED = 'The customer disputes the payment at the payment provider.';
export const REFUND_FAILED = 'A refund failed at the payment provider after it had been accepted.';

/**
 * Compares our books with the provider's. Pure, and the same again once the findings are entered: nothing is found
 * twice, in whatever order and however often events come. `isFirstLook` leaves out what may be our own doing.
 */
export function findingsOf(
  { payment, refunds }: Books,
  standing: Standing,
  kinds: ReadonlySet<ProviderEvent['kind']>,
  isFirstLook: boolean,
): Findings {
  const found = {
    ...NONE,
    refunds: standing.refunds.filter(({ key, state }) => key === null && state === 'REFUNDED'),
    warnings: warningsOf(refunds, standing, kinds),
  };
  if (payment.reversed) return { ...found, ...ofEnded(payment, standing) };
  // Whoever asked for it is still about to hear, or asks again.
  if (payment.state === 'REQUESTED') return found;
  if (payment.state === 'DECLINED') return { ...found, release: standing.capturable > 0 };
  return withChange(found, payment, standing, isFirstLook);
}

function withChange(
  found: Findings,
  payment: WithCaptures,
  standing: Standing,
  isFirstLook: boolean,
): Findings {
  const pending = awaitsAuthorization(payment);
  const decided = pending ? afterAuthorization(payment, standing.authorization) : payment;
  if (pending && awaitsAuthorization(decided)) return found;
  const { after, capture } = withForeignCapture(decided, payment.captures, standing);
  const settled = pending;
  if (capture) {
    const warnings = [...found.warnings, CAPTURED_ELSEWHERE];
    return { ...found, settled, warnings, change: { before: payment, after, capture } };
  }
  if (settled) return { ...found, settled, change: { before: payment, after } };
  return isGone(payment, standing) ? givenUp(found, payment, standing, isFirstLook) : found;
}

/** An order that has ended keeps nothing; its own job gives back what we know of, and may have done so already. */
function ofEnded(payment: WithCaptures, standing: Standing): Partial<Findings> {
  const back = standing.refunds.filter(({ state }) => state === 'REFUNDED');
  const refunded = back.reduce((all, { amount }) => all + amount, 0);
  if (standing.capturable === 0 && refunded >= standing.captured) return {};
  // What counts as void is looked into again only where the void was never confirmed.
  const isConfirmed = payment.state === 'VOIDED' && payment.checkAfterMs === null;
  const change = { before: payment, after: { ...payment, checkAfterMs: 0 } };
  return { giveBack: true, ...(isConfirmed && { change }) };
}

function warningsOf(
  refunds: Refund[],
  { refunds: standing, disputed }: Standing,
  kinds: ReadonlySet<ProviderEvent['kind']>,
): string[] {
  const entered = new Set(refunds.filter(({ state }) => state === 'REFUNDED').map(({ id }) => id));
  const failed = standing.some(({ state, key }) => state === 'FAILED' && key && entered.has(key));
  return [
    ...(disputed && kinds.has('DISPUTED') ? [DISPUTED] : []),
    ...(failed && kinds.has('REFUND_FAILED') ? [REFUND_FAILED] : []),
  ];
}

/** What was captured under no key of ours is entered as one capture, under the payment's own id. */
function withForeignCapture(
  payment: Payment,
  captures: Capture[],
  standing: Standing,
): { after: Payment; capture?: Capture } {
  const amount = standing.captured - standing.capturedByUs;
  if (amount <= 0 || captures.some(isFound)) return { after: payment };
  const captured = payment.captured + amount;
  const authorized = Math.max(payment.authorized, captured);
  const final = standing.capturable === 0;
  const taken: Payment = { ...payment, state: 'PARTIALLY_CAPTURED', captured, authorized };
  const { id } = payment;
  return {
    after: final ? closed(taken) : taken,
    capture: { paymentId: id, captureId: id, amount, final, state: 'CAPTURED', code: null },
  };
}

/** We count on an authorization, or the rest of one, that the provider has no more. */
function isGone({ state, captured }: Payment, standing: Standing): boolean {
  if (state === 'AUTHORIZED') return standing.authorization.outcome === 'DECLINED';
  return (
    state === 'PARTIALLY_CAPTURED' && standing.capturable === 0 && standing.captured === captured
  );
}

function givenUp(
  found: Findings,
  payment: Payment,
  { authorization }: Standing,
  isFirstLook: boolean,
): Findings {
  if (isFirstLook) return { ...found, lookAgain: true };
  const failureCode =
    authorization.outcome === 'DECLINED' ? authorization.code : 'AUTHORIZATION_VOIDED';
  const after = { ...closed<Payment>(payment), failureCode, failureHard: true };
  return { ...found, ended: true, change: { before: payment, after } };
}
