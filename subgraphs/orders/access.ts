import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type Identity, isStaff } from '@waybill/kernel/identity.js';
import { OrdersErrorCode, type OrdersUserError } from './user-errors.js';

/** Somebody who has shown the token of one order, and needs no account for it. */
export interface Guest {
  kind: 'guest';
  orderId: string;
}

/** Who asks something of an order. */
export type Asker = Identity | Guest;

/**
 * Staff see every order, customers their own, guests the one whose token they have; to anybody else an order looks
 * like one that does not exist.
 */
export function canSee(
  asker: Asker,
  { id, customerId }: { id: string; customerId: string | null },
): boolean {
  if (asker.kind === 'guest') return asker.orderId === id;
  return isStaff(asker) || (asker.kind === 'user' && asker.userId === customerId);
}

/** Whether what belongs to this person is the asker's to see. */
export function isOwn(identity: Identity, userId: string): boolean {
  return isStaff(identity) || (identity.kind === 'user' && identity.userId === userId);
}

export const NO_SUCH_ORDER: OrdersUserError = userError(
  OrdersErrorCode.NOT_FOUND,
  'There is no such order.',
  ['orderId'],
);

/** How the history names who did something. */
export function actorOf(asker: Asker): string {
  if (asker.kind === 'user') return `${isStaff(asker) ? 'staff' : 'user'}:${asker.userId}`;
  // Whoever is not logged in can do something only to an order whose token they have.
  return asker.kind === 'service' ? `service:${asker.name}` : 'guest:token';
}
