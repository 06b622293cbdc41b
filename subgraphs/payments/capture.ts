import type { CaptureResult } from '@waybill/schema/commands.js';
import { canCapture, closed, isClosed, ORDER_REVERSED, type Payment, sum } from './payment.js';
import type { CaptureAnswer } from './providers/provider.js';

export type CaptureState = 'PENDING' | 'CAPTURED' | 'FAILED';

/** Part of a payment being taken, or all of it. Amount in minor units. */
export interface Capture {
  paymentId: string;
  /** The caller's key; the same for all payments that one capture of an order takes from. */
  captureId: string;
  amount: number;
  /** Nothing more will be captured of the payment. */
  final: boolean;
  state: CaptureState;
  /** Why it failed. */
  code: string | null;
}

export interface WithCaptures extends Payment {
  captures: Capture[];
}

export interface CaptureWish {
  orderId: string;
  captureId: string;
  amount: number;
  /** Nothing more will be captured of the order. */
  final: boolean;
}

const NOTHING_AUTHORIZED = 'NOTHING_AUTHORIZED';
const EXCEEDS_AUTHORIZED = 'EXCEEDS_AUTHORIZED';

/** The provider knows a capture by this key, so that asking again takes nothing twice. */
export const captureKey = ({ paymentId, captureId }: Capture) => `${paymentId}:${captureId}`;

export const isPending = ({ state }: Capture) => state === 'PENDING';

/** What of the payment is neither captured nor about to be. */
export function capturable(payment: WithCaptures): number {
  const pending = payment.captures.filter(isPending);
  if (!canCapture(payment) || pending.some(({ final }) => final)) return 0;
  return payment.authorized - payment.captured - sum(pending.map(({ amount }) => amount));
}

/** What of the wish is neither captured nor about to be. */
export function missing({ captureId, amount }: CaptureWish, payments: WithCaptures[]): number {
  const own = payments.flatMap(({ captures }) => captures).filter((c) => c.captureId === captureId);
  return amount - sum(own.filter(({ state }) => state !== 'FAILED').map((own) => own.amount));
}

/**
 * Whether the wish takes all there is and nobody else takes anything: then there is nothing to choose, and asking
 * again after a crash asks for the same.
 */
export function takesAll(wish: CaptureWish, payments: WithCaptures[]): boolean {
  const rest = missing(wish, payments);
  const idle = !payments.some(({ captures }) => captures.some(isPending));
  return wish.final && idle && rest > 0 && rest === sum(payments.map(capturable));
}

/**
 * What to take from each payment, oldest first and at most once from each; nothing where not all that is missing can
 * be taken.
 */
export function planCapture(wish: CaptureWish, payments: WithCaptures[]): Capture[] {
  const { captureId } = wish;
  const planned: Capture[] = [];
  let rest = missing(wish, payments);
  for (const payment of payments) {
    if (payment.captures.some((capture) => capture.captureId === captureId)) continue;
    const amount = Math.min(capturable(payment), rest);
    if (amount <= 0) continue;
    rest -= amount;
    const final = wish.final || amount === payment.authorized - payment.captured;
    planned.push({ paymentId: payment.id, captureId, amount, final, state: 'PENDING', code: null });
  }
  return rest > 0 ? [] : planned;
}

/** A capture that is to be the last has to wait for those before it. */
export function mustWait(wish: CaptureWish, payments: WithCaptures[]): boolean {
  const pending = payments.flatMap(({ captures }) => captures).filter(isPending);
  return wish.final && pending.some(({ captureId }) => captureId !== wish.captureId);
}

/** The payment and its capture once the provider has answered. */
export function afterCapture(
  payment: Payment,
  asked: Capture,
  answer: CaptureAnswer,
): { payment: Payment; capture: Capture } {
  if (answer.outcome === 'FAILED') {
    const { code } = answer;
    const capture: Capture = { ...asked, state: 'FAILED', code };
    return { payment: isClosed(payment.state) ? payment : refused(payment, code), capture };
  }
  const capture: Capture = { ...asked, state: 'CAPTURED', amount: answer.amount };
  const captured = payment.captured + answer.amount;
  const isLast = asked.final || captured >= payment.authorized;
  if (!isLast) return { payment: { ...payment, state: 'PARTIALLY_CAPTURED', captured }, capture };
  return { payment: closed({ ...payment, captured }), capture };
}

/** What was captured before stays; nothing more will come. */
function refused(payment: Payment, failureCode: string): Payment {
  const state = payment.captured > 0 ? 'PARTIALLY_CAPTURED' : 'FAILED';
  return { ...payment, state, failureCode, failureHard: true };
}

/** A capture that we learn of from the provider, when it says that more was captured than we knew of. */
export function foundCapture(before: Payment, after: Payment): Capture | undefined {
  const amount = after.captured - before.captured;
  if (amount <= 0) return undefined;
  const { id } = before;
  return { paymentId: id, captureId: id, amount, final: true, state: 'CAPTURED', code: null };
}

function foundAtProvider(payments: WithCaptures[]): number {
  const captures = payments.flatMap((payment) => payment.captures);
  return sum(captures.filter(isFound).map(({ amount }) => amount));
}

/** Such captures have their payment's id for a key. */
export const isFound = ({ captureId, paymentId }: Capture) => captureId === paymentId;

/** What `capturePayment` answers about all payments of one order. */
export function captureResult(wish: CaptureWish, payments: WithCaptures[]): CaptureResult {
  const own = payments
    .flatMap(({ captures }) => captures)
    .filter(({ captureId, state }) => captureId === wish.captureId && state === 'CAPTURED');
  const captured = sum(own.map(({ amount }) => amount));
  const failed = (code: string) =>
    ({ outcome: 'FAILED', code, captured, ended: payments.filter(hasFailed).map(told) }) as const;
  if (payments.some(({ reversed }) => reversed)) return failed(ORDER_REVERSED);
  if (captured >= wish.amount) return { outcome: 'CAPTURED', amount: captured };
  // Who takes all that is left may find that somebody else has taken it already, at the provider.
  if (wish.final && captured + foundAtProvider(payments) >= wish.amount) {
    return { outcome: 'CAPTURED', amount: wish.amount };
  }
  const refusal = payments.find(hasFailed);
  if (refusal?.failureCode) return failed(refusal.failureCode);
  return failed(payments.some((p) => capturable(p) > 0) ? EXCEEDS_AUTHORIZED : NOTHING_AUTHORIZED);
}

/** It was authorized, and nothing more can be taken of it. */
const hasFailed = ({ failureCode, authorized }: Payment) => failureCode !== null && authorized > 0;

const told = ({ attempt, captured }: Payment) => ({ attempt, captured });
