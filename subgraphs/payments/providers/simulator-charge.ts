import type { Authorization, Voiding } from './provider.js';
import { testCard } from './test-cards.js';

/** One authorization as the simulated provider keeps it. Never changed in place: each change is a new version. */
export interface Charge {
  /** The idempotency key of its authorization. */
  key: string;
  method: string;
  amount: number;
  /** CAPTURED: something was taken and nothing more can be. VOIDED, EXPIRED: nothing was, and nothing can be. */
  state: 'PENDING' | 'AUTHORIZED' | 'CAPTURED' | 'VOIDED' | 'EXPIRED';
  /** Milliseconds since 1970 at which a pending charge becomes authorized. */
  settlesAt: number;
  /** Milliseconds since 1970 at which what is authorized ends; absent where it never does. */
  endsAt?: number;
  /** Capture key → amount. */
  captures: Record<string, number>;
  /** Refund key → amount. */
  refunds: Record<string, number>;
  version: number;
}

export type ChargeChange = Partial<Pick<Charge, 'state' | 'captures' | 'refunds'>>;

export function changed(charge: Charge, change: ChargeChange): Charge {
  return { ...charge, ...change, version: charge.version + 1 };
}

/** The charge as it is at `now`: time alone settles what is pending, and ends what was not taken. */
export function settledBy(charge: Charge, now: number): Charge {
  if (charge.state === 'PENDING' && charge.settlesAt <= now)
    return changed(charge, { state: 'AUTHORIZED' });
  if (charge.state !== 'AUTHORIZED' || charge.endsAt === undefined || charge.endsAt > now)
    return charge;
  return changed(charge, { state: total(charge.captures) > 0 ? 'CAPTURED' : 'EXPIRED' });
}

export function authorizationOf(charge: Charge, now: number): Authorization {
  const reference = referenceOf(charge);
  switch (charge.state) {
    case 'PENDING':
      return { outcome: 'PENDING', reference, checkAfterMs: Math.max(0, charge.settlesAt - now) };
    case 'VOIDED':
    case 'EXPIRED':
      return { outcome: 'DECLINED', code: `AUTHORIZATION_${charge.state}`, hard: true };
    default:
      return { outcome: 'AUTHORIZED', reference, amount: charge.amount, endsAt: endOf(charge) };
  }
}

const endOf = ({ endsAt }: Charge) =>
  endsAt === undefined ? null : new Date(endsAt).toISOString();

/** What a void makes of the charge, and what is answered. */
export function voidedCharge(charge: Charge): { charge: Charge; answer: Voiding } {
  const captured = total(charge.captures);
  const answer = { outcome: 'VOIDED', captured } as const;
  const state = captured > 0 ? 'CAPTURED' : 'VOIDED';
  const isOver = charge.state === state || charge.state === 'EXPIRED';
  return { charge: isOver ? charge : changed(charge, { state }), answer };
}

/** Why `amount` cannot be captured; undefined when it can. */
export function captureRefusal(charge: Charge, amount: number): string | undefined {
  if (charge.state === 'VOIDED' || charge.state === 'EXPIRED')
    return `AUTHORIZATION_${charge.state}`;
  if (charge.state === 'CAPTURED') return 'AUTHORIZATION_USED_UP';
  if (charge.state === 'PENDING') return 'NOT_AUTHORIZED';
  if (total(charge.captures) + amount > charge.amount) return 'EXCEEDS_AUTHORIZED';
  return testCard(charge.method).captureFails;
}

/** The charge with `amount` captured; closed when that was the last of it, or shall be. */
export function capturedCharge(
  charge: Charge,
  { key, amount, final }: { key: string; amount: number; final: boolean },
): Charge {
  const captures = { ...charge.captures, [key]: amount };
  const isUsedUp = final || total(captures) === charge.amount;
  return changed(charge, { captures, state: isUsedUp ? 'CAPTURED' : 'AUTHORIZED' });
}

/** Why `amount` cannot be refunded; undefined when it can. */
export function refundRefusal(charge: Charge, amount: number): string | undefined {
  const captured = total(charge.captures);
  if (captured === 0) return 'NOT_CAPTURED';
  if (total(charge.refunds) + amount > captured) return 'EXCEEDS_CAPTURED';
  return testCard(charge.method).refundFails;
}

function total(amounts: Record<string, number>): number {
  return Object.values(amounts).reduce((sum, each) => sum + each, 0);
}

/** The simulator's own name of a charge says enough to know it again when the memory of it was lost. */
function referenceOf({ method, amount, key }: Charge): string {
  return `sim.${method}.${amount}.${key}`;
}

/** The charge that `reference` names, in the state that whoever holds the reference must have seen: taken as a whole. */
export function chargeFromReference(
  reference: string | null,
  state: Charge['state'],
): Charge | undefined {
  const [prefix, method, amount, key] = reference?.split('.') ?? [];
  if (prefix !== 'sim' || !method || !amount || !key) return undefined;
  return withCaptures({
    key,
    method,
    amount: Number(amount),
    state,
    settlesAt: 0,
    refunds: {},
    version: 1,
  });
}

/** Charges remembered from before there were captures in parts: what was captured was captured as a whole. */
export function withCaptures(charge: Omit<Charge, 'captures'> & Partial<Charge>): Charge {
  const whole = charge.state === 'CAPTURED' ? { [`${charge.key}:capture`]: charge.amount } : {};
  return { ...charge, captures: charge.captures ?? whole };
}
