import type { EntityManager } from '@waybill/kernel/database.js';
import { accountOf, type Identity, isStaff, isWithin } from '@waybill/kernel/identity.js';
import type { PaymentProvider } from '../providers/provider.js';
import type { PaymentRow } from '../tables.js';
import { type Loaders, loadersFor } from './loaders.js';

/** One operation: who asks, and loaders that batch its reads. */
export interface PaymentsRequest extends Loaders {
  identity: Identity;
  requestId?: string;
  em: EntityManager;
  provider: AskedProvider;
}

/** What is asked of the payment provider on behalf of whoever reads. */
export type AskedProvider = Pick<PaymentProvider, 'clientSecret'>;

export function requestContext(
  em: EntityManager,
  provider: AskedProvider,
  identity: Identity,
  requestId?: string,
): PaymentsRequest {
  return { identity, requestId, em, provider, ...loadersFor(em) };
}

type Owned = Pick<PaymentRow, 'customerId' | 'storefrontId'>;

/** A payment belongs to the customer of its order; staff see all, those of certain storefronts what was ordered there. */
export function maySee(identity: Identity, payment: Owned): boolean {
  if (!isWithin(identity, payment.storefrontId)) return false;
  return isStaff(identity) || isOwn(identity, payment);
}

/** Who holds a payment's secret can go on with it: nobody but the customer gets it. */
export function maySeeSecret(identity: Identity, payment: Owned): boolean {
  return isWithin(identity, payment.storefrontId) && isOwn(identity, payment);
}

function isOwn(identity: Identity, { customerId }: Pick<PaymentRow, 'customerId'>): boolean {
  return customerId !== null && customerId === accountOf(identity);
}
