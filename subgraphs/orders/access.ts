import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type Identity, isStaff } from '@waybill/kernel/identity.js';
import { OrdersErrorCode, type OrdersUserError } from './user-errors.js';

/** Staff see every order, customers their own; to anybody else an order looks like one that does not exist. */
export function canSee(identity: Identity, customerId: string | null): boolean {
  return isStaff(identity) || (identity.kind === 'user' && identity.userId === customerId);
}

export const NO_SUCH_ORDER: OrdersUserError = userError(
  OrdersErrorCode.NOT_FOUND,
  'There is no such order.',
  ['orderId'],
);

/** How the history names who did something. */
export function actorOf(identity: Identity): string {
  if (identity.kind === 'user') return `${isStaff(identity) ? 'staff' : 'user'}:${identity.userId}`;
  return identity.kind === 'service' ? `service:${identity.name}` : 'anonymous';
}
