import type { AuthorizeResult } from '@waybill/schema/commands.js';
import type { Authorization, Voiding } from './providers/provider.js';

export type PaymentState =
  | 'REQUESTED'
  | 'PENDING'
  | 'AUTHORIZED'
  | 'PARTIALLY_CAPTURED'
  | 'CAPTURED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'VOIDED'
  | 'DECLINED'
  | 'FAILED';

/** One attempt to pay an order, as the rules see it. Amounts in minor units. */
export interface Payment {
  id: string;
  orderId: string;
  attempt: number;
  customerId: string | null;
  storefrontId: string;
  state: PaymentState;
  amount: number;
  authorized: number;
  captured: number;
  refunded: number;
  currency: string;
  method: string;
  /** The provider's name of the authorization; null until an answer told it. */
  reference: string | null;
  failureCode: string | null;
  failureHard: boolean;
  /** Until when it can be captured (ISO 8601); null where the provider does not say, and where it can be no more. */
  endsAt: string | null;
  /**
   * In how many milliseconds the provider is to be asked about it, or what is authorized given up; null when neither
   * is to be done.
   */
  checkAfterMs: number | null;
  /** It was asked for more than a day ago. */
  isOld: boolean;
  /** The order was reversed: nothing may be authorized, captured or held for it any more. */
  reversed: boolean;
}

/**
 * How long after a void of something the provider had not seen we look again: a request that was still on its way
 * may have arrived since.
 */
export const LOOK_AGAIN_AFTER_MS = 60_000;

/** Codes of our own in results and payments; all others come from the provider. */
export const ORDER_REVERSED = 'PAYMENT_REVERSED';
export const AUTHORIZATION_EXPIRED = 'AUTHORIZATION_EXPIRED';
export const NOT_AUTHORIZED_IN_TIME = 'NOT_AUTHORIZED_IN_TIME';

/** What may follow a state. A state leads to itself where amounts change within it. */
export const NEXT: Record<PaymentState, readonly PaymentState[]> = {
  REQUESTED: ['PENDING', 'AUTHORIZED', 'DECLINED', 'VOIDED', 'CAPTURED'],
  PENDING: ['PENDING', 'AUTHORIZED', 'DECLINED', 'VOIDED', 'CAPTURED'],
  AUTHORIZED: ['PARTIALLY_CAPTURED', 'CAPTURED', 'FAILED', 'VOIDED'],
  PARTIALLY_CAPTURED: ['PARTIALLY_CAPTURED', 'CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  CAPTURED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  PARTIALLY_REFUNDED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  FAILED: ['VOIDED', 'PARTIALLY_CAPTURED', 'CAPTURED'],
  VOIDED: ['VOIDED', 'CAPTURED'],
  REFUNDED: [],
  DECLINED: [],
};

/** The provider has still to say yes or no. */
export const awaitsAuthorization = ({ state }: Payment) =>
  state === 'REQUESTED' || state === 'PENDING';

/** Nobody is going to authenticate any more. */
export const isOverdue = ({ state, isOld }: Payment) => state === 'PENDING' && isOld;

export function canCapture({ state, reversed, failureCode }: Payment): boolean {
  return !reversed && failureCode === null && ['AUTHORIZED', 'PARTIALLY_CAPTURED'].includes(state);
}

export function allows(from: PaymentState, to: PaymentState): boolean {
  return NEXT[from].includes(to);
}

/** Money of the customer may be held: all that is not yet final, and voids that the provider did not confirm. */
export function mustVoid({ state, checkAfterMs }: Payment): boolean {
  if (state === 'VOIDED') return checkAfterMs !== null;
  return OPEN.includes(state);
}

export function afterAuthorization(payment: Payment, answer: Authorization): Payment {
  const known = { ...payment, checkAfterMs: null };
  switch (answer.outcome) {
    case 'AUTHORIZED':
      return {
        ...known,
        state: 'AUTHORIZED',
        authorized: answer.amount,
        reference: answer.reference,
        endsAt: answer.endsAt,
      };
    case 'PENDING':
      return {
        ...known,
        state: 'PENDING',
        reference: answer.reference,
        checkAfterMs: answer.checkAfterMs,
      };
    case 'DECLINED':
      return { ...known, state: 'DECLINED', failureCode: answer.code, failureHard: answer.hard };
  }
}

/** Where a capture won, or one whose answer we lost, the books follow the provider, and a refund follows. */
export function afterVoid(payment: Payment, answer: Voiding): Payment {
  if (answer.outcome === 'NOT_FOUND') {
    return { ...closed(payment), checkAfterMs: lookAgainAfter(payment) };
  }
  const captured = Math.max(payment.captured, answer.captured);
  const authorized = Math.max(payment.authorized, captured);
  return closed({ ...payment, authorized, captured });
}

/** The payment, of which nothing more can be captured and of which nothing is to be done. */
export function closed<Open extends Payment>(payment: Open): Open {
  return { ...payment, state: closedState(payment), endsAt: null, checkAfterMs: null };
}

/** What a payment has come to of which nothing more can be captured. */
function closedState({ captured, refunded }: Payment): PaymentState {
  if (captured === 0) return 'VOIDED';
  if (refunded === 0) return 'CAPTURED';
  return refunded < captured ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
}

/** Only an authorization of which we have no answer may still be on its way, and one more look finds it. */
function lookAgainAfter({ state }: Payment): number | null {
  return state === 'REQUESTED' ? LOOK_AGAIN_AFTER_MS : null;
}

/** What `authorizePayment` answers about a payment in this state. */
export function authorizeResult(payment: Payment): AuthorizeResult | Error {
  switch (payment.state) {
    case 'REQUESTED':
      return new Error(`Payment ${payment.id} has no answer yet`);
    case 'PENDING':
      return { outcome: 'PENDING', checkAfterMs: payment.checkAfterMs ?? 0 };
    case 'DECLINED':
      return {
        outcome: 'DECLINED',
        code: payment.failureCode ?? 'DECLINED',
        hard: payment.failureHard,
      };
    case 'VOIDED':
      return voidedResult(payment);
    default:
      return { outcome: 'AUTHORIZED', amount: payment.authorized };
  }
}

function voidedResult({ failureCode, failureHard }: Payment): AuthorizeResult {
  const code = failureCode ?? ORDER_REVERSED;
  return { outcome: 'DECLINED', code, hard: failureHard || failureCode === null };
}

/** Nothing is held and what was captured went back: the order's net paid is 0. */
export function isReversed(payments: Payment[]): boolean {
  return payments.every(
    (payment) => isClosed(payment.state) && payment.captured === payment.refunded,
  );
}

const OPEN: readonly PaymentState[] = [
  'REQUESTED',
  'PENDING',
  'AUTHORIZED',
  'PARTIALLY_CAPTURED',
  'FAILED',
];

/** Nothing of the customer's money is held any more. */
export function isClosed(state: PaymentState): boolean {
  return !OPEN.includes(state);
}

export function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
