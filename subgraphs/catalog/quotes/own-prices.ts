import { type Identity, isStaff } from '@waybill/kernel/identity.js';

/** By how much of a price partners may go below it, in percent. */
export const PARTNERS_DISCOUNT = 20;

/**
 * The least that somebody may quote for one unit of what costs `price`, in minor units: staff anything, a partner whose
 * key is good for it down to a certain discount. Undefined for who may name no prices at all.
 */
export function leastPrice(identity: Identity, price: number): number | undefined {
  if (isStaff(identity)) return 0;
  if (identity.kind !== 'partner' || !identity.scopes.includes('PRICES')) return undefined;
  return Math.ceil((price * (100 - PARTNERS_DISCOUNT)) / 100);
}
