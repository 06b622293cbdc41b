import type { Authorization, Voiding } from './provider.js';
import { testCard } from './test-cards.js';

/** One authorization as the simulated provider keeps it. Never changed in place: each change is a new version. */
export interface Charge {
  /** The idempotency key of its authorization. */
  key: string;
  method: string;
  amount: number;
  state: 'PENDING' | 'AUTHORIZED' | 'CAPTURED' | 'VOIDED';
  /** Milliseconds since 1970 at which a pending charge becomes authorized. */
  settlesAt: number;
  /** Refund key → amount. */
  refunds: Record<string, number>;
  version: number;
}

export type ChargeChange = Partial<Pick<Charge, 'state' | 'refunds'>>;

export function changed(charge: Charge, change: ChargeChange): Charge {
  return { ...charge, ...change, version: charge.version + 1 };
}

/** The charge as it is at `now`: time alone settles what is pending. */
export function settledBy(charge: Charge, now: number): Charge {
  const due = charge.state === 'PENDING' && charge.settlesAt <= now;
  return due ? changed(charge, { state: 'AUTHORIZED' }) : charge;
}

export function authorizationOf(charge: Charge, now: number): Authorization {
  const reference = referenceOf(charge);
  switch (charge.state) {
    case 'PENDING':
      return { outcome: 'PENDING', reference, checkAfterMs: Math.max(0, charge.settlesAt - now) };
    case 'VOIDED':
      return { outcome: 'DECLINED', code: 'AUTHORIZATION_VOIDED', hard: true };
    default:
      return { outcome: 'AUTHORIZED', reference, amount: charge.amount };
  }
}

/** What a void makes of the charge, and what is answered. */
export function voidedCharge(charge: Charge): { charge: Charge; answer: Voiding } {
  if (charge.state === 'CAPTURED') {
    return { charge, answer: { outcome: 'ALREADY_CAPTURED', amount: charge.amount } };
  }
  const voided = charge.state === 'VOIDED' ? charge : changed(charge, { state: 'VOIDED' });
  return { charge: voided, answer: { outcome: 'VOIDED' } };
}

/** Why the charge cannot be captured; undefined when it can. */
export function captureRefusal(charge: Charge): string | undefined {
  if (charge.state === 'VOIDED') return 'AUTHORIZATION_VOIDED';
  if (charge.state === 'PENDING') return 'NOT_AUTHORIZED';
  return testCard(charge.method).captureFails;
}

/** Why `amount` cannot be refunded; undefined when it can. */
export function refundRefusal(charge: Charge, amount: number): string | undefined {
  if (charge.state !== 'CAPTURED') return 'NOT_CAPTURED';
  const refunded = Object.values(charge.refunds).reduce((sum, each) => sum + each, 0);
  if (refunded + amount > charge.amount) return 'EXCEEDS_CAPTURED';
  return testCard(charge.method).refundFails;
}

/** The simulator's own name of a charge says enough to know it again when the memory of it was lost. */
function referenceOf({ method, amount, key }: Charge): string {
  return `sim.${method}.${amount}.${key}`;
}

/** The charge that `reference` names, in the state that whoever holds the reference must have seen. */
export function chargeFromReference(
  reference: string | null,
  state: Charge['state'],
): Charge | undefined {
  const [prefix, method, amount, key] = reference?.split('.') ?? [];
  if (prefix !== 'sim' || !method || !amount || !key) return undefined;
  return { key, method, amount: Number(amount), state, settlesAt: 0, refunds: {}, version: 1 };
}
