import type { EntityManager } from '@waybill/kernel/database.js';
import { type Identity, isStaff } from '@waybill/kernel/identity.js';
import type { PaymentRow } from '../tables.js';
import { type Loaders, loadersFor } from './loaders.js';

/** One operation: who asks, and loaders that batch its reads. */
export interface PaymentsRequest extends Loaders {
  identity: Identity;
  requestId?: string;
  em: EntityManager;
}

export function requestContext(
  em: EntityManager,
  identity: Identity,
  requestId?: string,
): PaymentsRequest {
  return { identity, requestId, em, ...loadersFor(em) };
}

/** A payment belongs to the customer of its order; staff see all. */
export function maySee(identity: Identity, payment: Pick<PaymentRow, 'customerId'>): boolean {
  if (isStaff(identity)) return true;
  return identity.kind === 'user' && payment.customerId === identity.userId;
}
